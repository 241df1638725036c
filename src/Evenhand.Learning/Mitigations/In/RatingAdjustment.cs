namespace Evenhand.Learning.Mitigations.In;

/// <summary>What a <see cref="RatingMitigation"/> does in one fit, iteration by iteration.</summary>
public abstract class RatingAdjustment
{
    /// <summary>Looks at the ratings as the model predicts them now, and says how they are to be fitted next.</summary>
    /// <param name="cells">Sums of predictions and labels, in units of the labels' standard deviation.</param>
    /// <param name="pulls">Receives for each cell what is added to the targets of its ratings, in the same
    /// units.</param>
    /// <param name="factors">Receives for each group by what the weights of its ratings are multiplied.</param>
    public abstract void Adjust(RatingCells cells, Span<double> pulls, Span<double> factors);
}
