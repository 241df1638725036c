namespace Evenhand.Learning.Mitigations.In;

/// <summary>Sums over the training ratings of each cell: one item, one group of users.</summary>
/// <param name="items">Number of items.</param>
/// <param name="groups">Number of groups; the cell of item i and group g is <c>i * groups + g</c>.</param>
public sealed class RatingCells(int items, int groups)
{
    /// <summary>Number of items.</summary>
    public int Items { get; } = items;

    /// <summary>Number of groups.</summary>
    public int Groups { get; } = groups;

    /// <summary>Sum of the weights.</summary>
    public double[] Weights { get; } = new double[items * groups];

    /// <summary>Weighted sum of the predictions.</summary>
    public double[] Predictions { get; } = new double[items * groups];

    /// <summary>Weighted sum of the labels.</summary>
    public double[] Labels { get; } = new double[items * groups];

    /// <summary>Weighted sum of the squared errors.</summary>
    public double[] SquaredErrors { get; } = new double[items * groups];

    /// <summary>Sets all sums to 0.</summary>
    public void Clear()
    {
        Array.Clear(Weights);
        Array.Clear(Predictions);
        Array.Clear(Labels);
        Array.Clear(SquaredErrors);
    }

    /// <summary>Adds a rating.</summary>
    /// <param name="cell">Its cell, <c>item * Groups + group</c>.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="prediction">What the model predicts.</param>
    /// <param name="label">What it is.</param>
    public void Add(int cell, double weight, double prediction, double label)
    {
        Weights[cell] += weight;
        Predictions[cell] += weight * prediction;
        Labels[cell] += weight * label;
        SquaredErrors[cell] += weight * (label - prediction) * (label - prediction);
    }
}
