using System.Text.Json;

namespace Evenhand.Experiments.Evaluations;

/// <summary>Writes and reads <c>{reference, metric, unit, count, difference, studentT, wilcoxon, bootstrap}</c>, each
/// test as <c>{p, holm, benjaminiHochberg}</c>.</summary>
internal static class ComparisonJson
{
    public static void Write(Utf8JsonWriter json, ModelComparison comparison)
    {
        json.WriteStartObject();
        json.WriteNumber("reference", comparison.Reference);
        json.WriteString("metric", comparison.Metric);
        json.WriteString("unit", comparison.Unit);
        json.WriteNumber("count", comparison.Count);
        FiguresJson.WriteNumber(json, "difference", comparison.Difference);
        Write(json, "studentT", comparison.StudentT);
        Write(json, "wilcoxon", comparison.Wilcoxon);
        Write(json, "bootstrap", comparison.Bootstrap);
        json.WriteEndObject();
    }

    public static ModelComparison Read(ref Utf8JsonReader json)
    {
        FiguresJson.ExpectObject(ref json);
        var comparison = new ModelComparison(0, "", "", 0, double.NaN, default, default, default);
        while (FiguresJson.NextProperty(ref json) is { } part)
        {
            switch (part)
            {
                case "reference":
                    comparison = comparison with { Reference = json.GetInt32() };
                    break;
                case "metric":
                    comparison = comparison with { Metric = json.GetString()! };
                    break;
                case "unit":
                    comparison = comparison with { Unit = json.GetString()! };
                    break;
                case "count":
                    comparison = comparison with { Count = json.GetInt32() };
                    break;
                case "difference":
                    comparison = comparison with { Difference = FiguresJson.ReadNumber(ref json) };
                    break;
                case "studentT":
                    comparison = comparison with { StudentT = ReadTest(ref json) };
                    break;
                case "wilcoxon":
                    comparison = comparison with { Wilcoxon = ReadTest(ref json) };
                    break;
                case "bootstrap":
                    comparison = comparison with { Bootstrap = ReadTest(ref json) };
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return comparison;
    }

    private static void Write(Utf8JsonWriter json, string name, TestedDifference test)
    {
        json.WriteStartObject(name);
        FiguresJson.WriteNumber(json, "p", test.PValue);
        FiguresJson.WriteNumber(json, "holm", test.Holm);
        FiguresJson.WriteNumber(json, "benjaminiHochberg", test.BenjaminiHochberg);
        json.WriteEndObject();
    }

    private static TestedDifference ReadTest(ref Utf8JsonReader json)
    {
        FiguresJson.ExpectObject(ref json);
        var (p, holm, hochberg) = (double.NaN, double.NaN, double.NaN);
        while (FiguresJson.NextProperty(ref json) is { } part)
        {
            var value = FiguresJson.ReadNumber(ref json);
            switch (part)
            {
                case "p":
                    p = value;
                    break;
                case "holm":
                    holm = value;
                    break;
                case "benjaminiHochberg":
                    hochberg = value;
                    break;
            }
        }

        return new TestedDifference(p, holm, hochberg);
    }
}
