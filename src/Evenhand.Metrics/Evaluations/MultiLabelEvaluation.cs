namespace Evenhand.Metrics.Evaluations;

/// <summary>Decisions for any number of labels of several, and the true labels.</summary>
/// <param name="ClassCount">Number of labels, at least 1.</param>
/// <param name="Labels">1 where row r has label l, else 0, at <c>r * ClassCount + l</c>.</param>
/// <param name="Decisions">1 where row r is decided to have label l, else 0, in the same order.</param>
public sealed record MultiLabelEvaluation(int ClassCount, int[] Labels, int[] Decisions) : ClassesEvaluation(ClassCount)
{
    /// <inheritdoc/>
    public override int Count => Labels.Length / ClassCount;

    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.MultiLabel;

    internal override bool Has(int row, int code) => Labels[(row * ClassCount) + code] == 1;

    internal override void Validate()
    {
        base.Validate();
        if (Labels.Length % ClassCount != 0 || Decisions.Length != Labels.Length)
        {
            throw new ArgumentException($"Labels has {Labels.Length} entries and Decisions {Decisions.Length}; "
                + $"both need {ClassCount} for each row.");
        }

        CheckBinary(Labels, nameof(Labels));
        CheckBinary(Decisions, nameof(Decisions));
    }
}
