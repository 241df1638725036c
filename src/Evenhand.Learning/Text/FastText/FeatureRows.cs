namespace Evenhand.Learning.Text.FastText;

/// <summary>The numbers of the features of texts, text after text.</summary>
/// <param name="starts">Where the numbers of each text start, and where the last ones end.</param>
/// <param name="numbers">At least one of each text; one may occur several times.</param>
internal sealed class FeatureRows(int[] starts, int[] numbers)
{
    /// <summary>Number of texts.</summary>
    public int Count => starts.Length - 1;

    public int[] Starts => starts;

    public int[] Numbers => numbers;

    /// <summary>The features of a text.</summary>
    public ReadOnlySpan<int> this[int row] => numbers.AsSpan(starts[row]..starts[row + 1]);
}
