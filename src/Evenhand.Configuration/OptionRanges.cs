using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Evenhand.Configuration;

/// <summary>Checks the ranges that stand on the properties of an options record.</summary>
public static class OptionRanges
{
    /// <summary>One line for each property out of range, such as <c>split.train: ...</c>.</summary>
    public static List<string> Problems(object options, string section)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.ConvertAll(r =>
            $"{section}.{JsonNamingPolicy.CamelCase.ConvertName(r.MemberNames.First())}: {r.ErrorMessage}");
    }
}
