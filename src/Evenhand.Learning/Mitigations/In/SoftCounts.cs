namespace Evenhand.Learning.Mitigations.In;

/// <summary>Weighted confusion counts of one class in each group, in which a row counts with its probability.</summary>
/// <param name="groups">Number of groups.</param>
internal sealed class SoftCounts(int groups)
{
    public int Groups => groups;

    /// <summary>Weight of the rows that are of the class.</summary>
    public double[] Positives { get; } = new double[groups];

    /// <summary>Weight of the rows that are not.</summary>
    public double[] Negatives { get; } = new double[groups];

    /// <summary>Weight times probability of the rows that are of the class.</summary>
    public double[] TruePositives { get; } = new double[groups];

    /// <summary>Weight times probability of the rows that are not.</summary>
    public double[] FalsePositives { get; } = new double[groups];

    public void Clear()
    {
        Array.Clear(Positives);
        Array.Clear(Negatives);
        Array.Clear(TruePositives);
        Array.Clear(FalsePositives);
    }

    public void Add(int group, bool positive, double weight, double probability)
    {
        (positive ? Positives : Negatives)[group] += weight;
        (positive ? TruePositives : FalsePositives)[group] += weight * probability;
    }
}
