using System.Globalization;

namespace Evenhand.Learning.Recommendation;

/// <summary>Checks what callers hand to <see cref="IFoldIn.Score"/>.</summary>
public static class FoldInArguments
{
    /// <summary>Throws where the arguments are not what <see cref="IFoldIn.Score"/> promises to take.</summary>
    /// <param name="items">The codes given.</param>
    /// <param name="labels">The labels given.</param>
    /// <param name="scores">The receiver given.</param>
    /// <param name="catalogue">Number of items of the model.</param>
    /// <param name="needsLabels">Whether the model scores by labels, so that none may be left out.</param>
    /// <exception cref="ArgumentException">A code is out of range or out of order, or the lengths do not
    /// fit.</exception>
    public static void Check(
        ReadOnlySpan<int> items,
        ReadOnlySpan<double> labels,
        ReadOnlySpan<double> scores,
        int catalogue,
        bool needsLabels)
    {
        if (scores.Length != catalogue)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{scores.Length} scores for {catalogue} items."),
                nameof(scores));
        }

        if (labels.Length != items.Length && (needsLabels || labels.Length != 0))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{labels.Length} labels for {items.Length} items."),
                nameof(labels));
        }

        var last = -1;
        foreach (var item in items)
        {
            if (item <= last || item >= catalogue)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Item {item} after {last}; codes ascend and lie below {catalogue}."),
                    nameof(items));
            }

            last = item;
        }
    }
}
