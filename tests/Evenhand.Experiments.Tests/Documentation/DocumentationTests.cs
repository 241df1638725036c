using System.Reflection;
using System.Text.Json.Nodes;
using Evenhand.Data.Yaml;
using Evenhand.Learning;
using Evenhand.TestKit;

namespace Evenhand.Experiments.Tests.Documentation;

[TestClass]
public sealed class DocumentationTests
{
    [TestMethod]
    public void Schema_CommittedFile_IsCurrent() =>
        Snapshot.Verify("experiments/experiment.schema.json", ExperimentSchema.ToJson());

    [TestMethod]
    public void Reference_CommittedPage_IsCurrent() =>
        Snapshot.Verify("docs/experiment-file.md", ExperimentReference.ToMarkdown());

    [TestMethod]
    public void Schema_References_AllResolve()
    {
        var schema = JsonNode.Parse(ExperimentSchema.ToJson())!;
        var definitions = schema["$defs"]!.AsObject();

        foreach (var reference in References(schema))
        {
            Assert.IsTrue(definitions.ContainsKey(reference["#/$defs/".Length..]), reference);
        }
    }

    [TestMethod]
    public void Keys_AllHaveAMeaning()
    {
        Type[] types = [typeof(Experiment), typeof(DataSection), typeof(GroupsSection), typeof(BudgetSection),
            typeof(EvaluationSection), typeof(ObjectiveSection), typeof(FairnessPenalty), typeof(MeasureConstraint),
            .. LearnerCatalogue.Learners.Select(l => l.OptionsType)];

        foreach (var key in types.SelectMany(type => YamlShape.OfRecord(type).Keys))
        {
            Assert.AreNotEqual("", KeyText.Meaning(key), $"{key.Property.DeclaringType}.{key.Property.Name}");
        }
    }

    // The comment of an option says its default in words; the page shows the record's. They must not part.
    [TestMethod]
    public void Defaults_InComments_AreThoseOfTheRecords()
    {
        Type[] types = [typeof(Experiment), typeof(BudgetSection), typeof(EvaluationSection), typeof(Data.SplitOptions),
            typeof(Data.SimulatorOptions), .. LearnerCatalogue.Learners.Select(l => l.OptionsType)];

        foreach (var key in types.SelectMany(type => YamlShape.OfRecord(type).Keys))
        {
            if (KeyText.DefaultValue(key) is { } value and not "")
            {
                var name = $"{key.Property.DeclaringType!.Name}.{key.Property.Name}";
                var expected = key.Shape.Kind == YamlShapeKind.Boolean ? $"{value}".ToLowerInvariant() : $"{value}";
                var said = XmlDocumentation.Default(key.Property);
                var member = key.Shape.Kind == YamlShapeKind.Enumeration
                    ? key.Property.PropertyType.GetFields(BindingFlags.Public | BindingFlags.Static)
                        .First(f => YamlNames.Value((Enum)f.GetValue(null)!) == expected).Name
                    : expected;
                var isNumber = double.TryParse(said, out var number) && number == Convert.ToDouble(value is bool ? 0 : value is string ? 0 : value);
                Assert.IsTrue(said == expected || said == member || isNumber, $"{name}: comment says '{said}', record says '{expected}'");
            }
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject entries => entries.SelectMany(entry =>
            entry.Key == "$ref" ? [entry.Value!.GetValue<string>()] : References(entry.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
