using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Identity.Lexicons;
using Evenhand.Experiments.Files;
using Evenhand.Metrics.Catalogue;

namespace Evenhand.Experiments.Documentation;

/// <summary>Names that editors can complete, where the type alone says only that a text is wanted.</summary>
internal sealed class SchemaNames
{
    private readonly SchemaDefinitions _definitions;
    private readonly MetricCatalogue _metrics;

    /// <param name="registry">What names in files stand for.</param>
    /// <param name="definitions">Takes the definitions of names.</param>
    public SchemaNames(Registry registry, SchemaDefinitions definitions)
    {
        _definitions = definitions;
        _metrics = MetricCatalogue.Of(registry);
    }

    /// <summary>The schema of a text that names something.</summary>
    public JsonObject Of(NameKind kind) => kind switch
    {
        NameKind.Metric => Metric("metric-name", _metrics.Metrics.Select(metric => metric.Name)),
        NameKind.FairnessMetric => Metric(
            "fairness-metric-name", _metrics.FairnessMetrics.Select(metric => metric.Name)),
        NameKind.AnyMetric => _definitions.Refer("any-metric-name", () => new JsonObject
        {
            ["anyOf"] = new JsonArray(Of(NameKind.Metric), Of(NameKind.FairnessMetric)),
        }),
        NameKind.Lexicon => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = SchemaDefinitions.Strings(LexiconFile.Names) },
                new JsonObject { ["type"] = "string", ["pattern"] = @"\.ya?ml$" }),
        },
        NameKind.DataSet => new JsonObject
        {
            ["type"] = "string",
            ["examples"] = SchemaDefinitions.Strings([.. DataCatalogue.Default.Names, DataSection.SimulatorSource]),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no names of this kind."),
    };

    private JsonObject Metric(string definition, IEnumerable<string> names) =>
        _definitions.Refer(definition, () => new JsonObject
        {
            // Ranking metrics exist for every list length.
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = SchemaDefinitions.Strings(names) },
                new JsonObject { ["type"] = "string", ["pattern"] = "^[a-z-]+@[1-9][0-9]*(?:-[a-z-]+)?$" }),
        });
}
