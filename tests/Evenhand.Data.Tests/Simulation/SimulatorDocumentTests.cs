using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Evenhand.Data.Simulation;

namespace Evenhand.Data.Tests.Simulation;

/// <summary>docs/simulator.md names every option with its range and default.</summary>
[TestClass]
public sealed class SimulatorDocumentTests
{
    [TestMethod]
    public void Document_EveryOption_HasARowWithItsRangeAndDefault()
    {
        var rows = File.ReadLines(Path.Combine(RepositoryRoot(), "docs", "simulator.md"))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .ToArray();
        foreach (var property in typeof(SimulatorOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var start = $"| `{key}` | {RangeOf(property)} | {ValueOf(property, new SimulatorOptions())} |";
            Assert.AreEqual(1, rows.Count(r => r.StartsWith(start, StringComparison.Ordinal)), start);
        }
    }

    private static string RangeOf(PropertyInfo property) => property.GetCustomAttribute<RangeAttribute>() is { } range
        ? $"{Text(range.Minimum)} to {Text(range.Maximum)}"
        : property.PropertyType == typeof(bool) ? "false, true"
        : string.Join(", ", Enum.GetNames(property.PropertyType).Select(JsonNamingPolicy.KebabCaseLower.ConvertName));

    private static string ValueOf(PropertyInfo property, SimulatorOptions options) =>
        property.GetValue(options) switch
        {
            Enum value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()),
            bool value => value ? "true" : "false",
            var value => Text(value!),
        };

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Experiments.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException("No folder above the tests holds Experiments.sln.");
        }

        return folder;
    }
}
