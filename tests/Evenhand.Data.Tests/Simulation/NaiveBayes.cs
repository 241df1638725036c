using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Splits;

namespace Evenhand.Data.Tests.Simulation;

/// <summary>Multinomial naive Bayes over words and word pairs with add-one smoothing (Manning, Raghavan, Schuetze 2008,
/// ch. 13): a linear classifier without an optimizer.</summary>
internal static class NaiveBayes
{
    /// <summary>Accuracy on the test part of a random split: of all rows, and that of men less that of women.</summary>
    public static (double All, double Gap) Accuracy(Dataset data)
    {
        var parts = Splitter.Assign(data, new SplitOptions(), new SeedTree(1));
        var labels = Array.ConvertAll(((NumericColumn)data.Label!).Values.ToArray(), value => (int)value);
        var weights = Train(data, parts, labels, out var prior);
        var genders = data.GroupCodes(data.FindGroup("gender")!);
        var right = Enumerable.Range(0, data.RowCount)
            .Where(r => parts[r] == SplitPart.Test)
            .Select(r => (Gender: genders[r], Right: Decide(data, r, weights, prior) == labels[r] ? 1.0 : 0))
            .ToLookup(r => r.Gender, r => r.Right);
        return (right.SelectMany(g => g).Average(), right[1].Average() - right[0].Average());
    }

    private static Dictionary<string, double> Train(
        Dataset data, SplitPart[] parts, int[] labels, out double prior)
    {
        var counts = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var (documents, words) = (new double[2], new double[2]);
        for (var row = 0; row < data.RowCount; row++)
        {
            if (parts[row] != SplitPart.Train)
            {
                continue;
            }

            var label = labels[row];
            documents[label]++;
            foreach (var word in Words(data.Text!.Values[row]!))
            {
                counts.TryAdd(word, [1, 1]);
                counts[word][label]++;
                words[label]++;
            }
        }

        prior = Math.Log(documents[1] / documents[0]);
        var (no, yes) = (words[0] + counts.Count, words[1] + counts.Count);
        return counts.ToDictionary(w => w.Key, w => Math.Log(w.Value[1] / yes / (w.Value[0] / no)));
    }

    private static int Decide(Dataset data, int row, Dictionary<string, double> weights, double prior) =>
        prior + Words(data.Text!.Values[row]!).Sum(w => weights.GetValueOrDefault(w)) > 0 ? 1 : 0;

    private static IEnumerable<string> Words(string text)
    {
        var words = text.ToUpperInvariant().Split([' ', '.', ','], StringSplitOptions.RemoveEmptyEntries);
        return words.Concat(words.Zip(words.Skip(1), (a, b) => a + " " + b));
    }
}
