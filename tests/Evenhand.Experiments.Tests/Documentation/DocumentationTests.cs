using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Documentation;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Plans;
using Evenhand.Learning;
using Evenhand.TestKit;

namespace Evenhand.Experiments.Tests.Documentation;

[TestClass]
public sealed class DocumentationTests
{
    [TestMethod]
    public void Schema_CommittedFile_IsCurrent() =>
        Snapshot.Verify("experiments/experiment.schema.json", ExperimentSchema.ToJson(Registries.Full));

    [TestMethod]
    public void Reference_CommittedPage_IsCurrent() =>
        Snapshot.Verify("docs/experiment-file.md", ExperimentReference.ToMarkdown(Registries.Full));

    [TestMethod]
    public void Reference_FirstExample_IsAValidExperiment()
    {
        var page = ExperimentReference.ToMarkdown(Registries.Full);
        var start = page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;

        var end = page.IndexOf("```\n", start, StringComparison.Ordinal);
        var plan = ExperimentPlan.Parse(new ExperimentFile("page.yaml", page[start..end], []), Registries.Full);

        Assert.AreEqual("movielens-fair-ratings", plan.Experiment.Name);
    }

    [TestMethod]
    public void Schema_References_AllResolve()
    {
        var schema = JsonNode.Parse(ExperimentSchema.ToJson(Registries.Full))!;
        var definitions = schema["$defs"]!.AsObject();

        foreach (var reference in References(schema))
        {
            Assert.IsTrue(definitions.ContainsKey(reference["#/$defs/".Length..]), reference);
        }
    }

    [TestMethod]
    public void Schema_Definitions_AreEachReferredToAndSaidOnce()
    {
        var schema = JsonNode.Parse(ExperimentSchema.ToJson(Registries.Full))!;
        var definitions = schema["$defs"]!.AsObject();
        var references = References(schema).Select(reference => reference["#/$defs/".Length..]).ToHashSet();

        foreach (var (name, definition) in definitions)
        {
            Assert.Contains(name, references);
            Assert.IsFalse(
                definitions.Any(other => other.Key != name && JsonNode.DeepEquals(other.Value, definition)), name);
        }
    }

    [TestMethod]
    public void Schema_RecordOfOptions_IsADefinitionWithTheFormsOfOptions()
    {
        var definitions = JsonNode.Parse(ExperimentSchema.ToJson(Registries.Full))!["$defs"]!;
        var lora = definitions["transformerOptions"]!["anyOf"]![1]!["properties"]!["lora"]!;
        var options = definitions["loraOptions"]!["anyOf"]!;

        Assert.AreEqual("#/$defs/loraOptions", (string?)lora["$ref"]);
        StringAssert.EndsWith((string?)lora["description"], "Only where fineTuning is lora.");
        Assert.AreEqual("#/$defs/search-or-nothing", (string?)options[0]!["$ref"]);
        Assert.AreEqual(
            "#/$defs/searchable-integer-1-to-1024", (string?)options[1]!["properties"]!["rank"]!["$ref"]);
    }

    [TestMethod]
    public void Reference_RecordOfOptions_IsFollowedByWhatIsInIt()
    {
        var lines = ExperimentReference.ToMarkdown(Registries.Full).Split('\n').ToList();
        var record = lines.FindIndex(line => line.StartsWith("| `adversary` |", StringComparison.Ordinal));

        StringAssert.StartsWith(lines[record + 1], "| `adversary.kind` |");
        StringAssert.StartsWith(lines[record + 2], "| `adversary.norm` |");
        StringAssert.EndsWith(lines[record + 2], "Not where kind is none. |");
        StringAssert.EndsWith(lines[record + 4], "Only where kind is pgd or free. |");
    }

    [TestMethod]
    public void Keys_AllHaveAMeaning()
    {
        Type[] types = [typeof(Experiment), typeof(DataSection), typeof(GroupsSection), typeof(BudgetSection),
            typeof(EvaluationSection), typeof(ObjectiveSection), typeof(FairnessPenalty), typeof(MeasureConstraint),
            .. Registries.Full.All<LearnerDescriptor>().Select(l => l.OptionsType)];

        foreach (var key in types.SelectMany(Keys))
        {
            Assert.AreNotEqual("", KeyText.Meaning(key), $"{key.Property.DeclaringType}.{key.Property.Name}");
        }
    }

    // The comment of an option says its default in words; the page shows the record's. They must not part.
    [TestMethod]
    public void Defaults_InComments_AreThoseOfTheRecords()
    {
        Type[] types = [typeof(Experiment), typeof(BudgetSection), typeof(EvaluationSection), typeof(Evenhand.Data.Splits.SplitOptions),
            typeof(Evenhand.Data.Simulation.SimulatorOptions), .. Registries.Full.All<LearnerDescriptor>().Select(l => l.OptionsType)];

        foreach (var key in types.SelectMany(Keys))
        {
            if (KeyText.DefaultValue(key) is not ({ } value and not ""))
            {
                continue;
            }

            var said = XmlDocumentation.Default(key.Property);
            var equal = key.Shape.Kind switch
            {
                YamlShapeKind.Integer or YamlShapeKind.Number =>
                    double.TryParse(said, out var number) && number == Convert.ToDouble(value),
                YamlShapeKind.Enumeration => JsonNamingPolicy.KebabCaseLower.ConvertName(said) == (string)value,
                _ => string.Equals(said, $"{value}", StringComparison.OrdinalIgnoreCase),
            };
            Assert.IsTrue(equal, $"{key.Property.DeclaringType}.{key.Property.Name}: said {said}, is {value}");
        }
    }

    // With those of records of options in it.
    private static IEnumerable<YamlKey> Keys(Type type) => YamlShape.OfRecord(type).Keys
        .SelectMany(key => key.Property.PropertyType.IsAssignableTo(typeof(OptionsRecord))
            ? Keys(key.Property.PropertyType).Prepend(key)
            : [key]);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject entries => entries.SelectMany(entry =>
            entry.Key == "$ref" ? [entry.Value!.GetValue<string>()] : References(entry.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
