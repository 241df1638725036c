namespace Evenhand.Metrics.Evaluations;

/// <summary>Decisions for one class of several, and the true classes.</summary>
/// <param name="ClassCount">Number of classes, at least 1.</param>
/// <param name="Labels">True class of each row, from 0 to <paramref name="ClassCount"/> - 1.</param>
/// <param name="Decisions">Decided class of each row, from 0 to <paramref name="ClassCount"/> - 1.</param>
public sealed record MulticlassEvaluation(int ClassCount, int[] Labels, int[] Decisions) : ClassesEvaluation(ClassCount)
{
    /// <inheritdoc/>
    public override int Count => Labels.Length;

    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.Multiclass;

    internal override bool Has(int row, int code) => Labels[row] == code;

    internal override void Validate()
    {
        base.Validate();
        CheckLength(Decisions.Length, nameof(Decisions));
        CheckCodes(Labels, nameof(Labels));
        CheckCodes(Decisions, nameof(Decisions));
    }

    private void CheckCodes(int[] codes, string name)
    {
        var row = Array.FindIndex(codes, code => code < 0 || code >= ClassCount);
        if (row >= 0)
        {
            throw new ArgumentException($"{name}[{row}] is {codes[row]}; valid: 0 to {ClassCount - 1}.");
        }
    }
}
