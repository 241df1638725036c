namespace Evenhand.Learning.Mitigations.In;

/// <summary>Weighted confusion counts of one class in each group, in which a row counts with its probability.</summary>
/// <param name="groups">Number of groups.</param>
public sealed class SoftCounts(int groups)
{
    /// <summary>Number of groups.</summary>
    public int Groups => groups;

    /// <summary>Weight of the rows that are of the class.</summary>
    public double[] Positives { get; } = new double[groups];

    /// <summary>Weight of the rows that are not.</summary>
    public double[] Negatives { get; } = new double[groups];

    /// <summary>Weight times probability of the rows that are of the class.</summary>
    public double[] TruePositives { get; } = new double[groups];

    /// <summary>Weight times probability of the rows that are not.</summary>
    public double[] FalsePositives { get; } = new double[groups];

    /// <summary>Sets all counts to 0.</summary>
    public void Clear()
    {
        Array.Clear(Positives);
        Array.Clear(Negatives);
        Array.Clear(TruePositives);
        Array.Clear(FalsePositives);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="group">Its group; not negative.</param>
    /// <param name="positive">Whether it is of the class.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="probability">Probability that the model gives the class.</param>
    public void Add(int group, bool positive, double weight, double probability)
    {
        (positive ? Positives : Negatives)[group] += weight;
        (positive ? TruePositives : FalsePositives)[group] += weight * probability;
    }
}
