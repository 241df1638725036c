using System.Globalization;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Splits;

namespace Evenhand.Experiments.Plans;

/// <summary>Says in a few words how the data was split.</summary>
internal static class SplitDescription
{
    public static string Of(SplitOptions split)
    {
        var shares = string.Create(
            CultureInfo.InvariantCulture, $"{split.Train:0.##} / {split.Validation:0.##} / {split.Test:0.##}");
        var name = YamlNames.Value(split.Strategy);
        return split.Strategy switch
        {
            SplitStrategy.LeaveKOut => string.Create(CultureInfo.InvariantCulture, $"{name}, k = {split.K}"),
            SplitStrategy.UserKFold => string.Create(
                CultureInfo.InvariantCulture, $"{name}, fold {split.Fold} of {split.Folds}"),
            SplitStrategy.Files => name,
            _ => $"{name}, {shares}",
        };
    }
}
