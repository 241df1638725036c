using System.Globalization;
using Evenhand.Configuration.Yaml;
using Evenhand.Learning.Explanations;

namespace Evenhand.Experiments.Explanations;

/// <summary>Explanations in words and figures, as every form of them shows.</summary>
public static class ExplanationText
{
    /// <summary>What is explained, how, and how far it can be trusted; one line without its end.</summary>
    /// <exception cref="ArgumentNullException">There is no explanation.</exception>
    public static string Heading(TextExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        var probability = explanation.Probability.ToString("0.000", CultureInfo.InvariantCulture);
        var heading = $"Class {explanation.Class}: probability {probability}";
        if (explanation.Quantity == ExplainedQuantity.Score)
        {
            heading += $", score {Signed(explanation.Prediction)}";
        }

        heading += $", from {Signed(explanation.BaseValue)}; {Name(explanation.Method)}";
        return explanation.Quality is { } quality
            ? $"{heading}, {quality.Name} {quality.Value.ToString("0.000", CultureInfo.InvariantCulture)}"
            : heading;
    }

    /// <summary>A number with its sign and so many figures behind the point.</summary>
    public static string Signed(double value, int figures = 3)
    {
        var zeros = new string('0', figures);
        return value.ToString($"+0.{zeros};-0.{zeros};0.{zeros}", CultureInfo.InvariantCulture);
    }

    /// <summary>The name of a method as the command line has it.</summary>
    public static string Name(ExplanationMethod method) => YamlNames.Value(method);
}
