using System.Globalization;

namespace Evenhand.Tuning.Objectives;

/// <summary>One number from accuracy and penalties: <c>accuracy - sum of weight * penalty</c> where accuracy is
/// maximized, <c>error + sum of weight * penalty</c> where it is minimized, every term on its stated scale.</summary>
public sealed class CompositeObjective : Objective
{
    private readonly MeasurePenalty[] _penalties;

    /// <summary>An objective of one accuracy measure and any number of penalties.</summary>
    /// <param name="accuracy">The measure that counts in full.</param>
    /// <param name="penalties">What is weighed against it; may be empty.</param>
    /// <exception cref="ArgumentException">A measure is there twice.</exception>
    public CompositeObjective(MeasureGoal accuracy, params IEnumerable<MeasurePenalty> penalties)
    {
        ArgumentNullException.ThrowIfNull(accuracy);
        ArgumentNullException.ThrowIfNull(penalties);
        (Accuracy, _penalties) = (accuracy, [.. penalties]);
        Measures = [accuracy.Measure, .. _penalties.Select(penalty => penalty.Measure)];
        Goals = [accuracy, .. _penalties.Select(penalty => new MeasureGoal(penalty.Measure, penalty.Maximize))];
        MeasureNames.CheckDistinct(Measures);
    }

    /// <summary>The measure that counts in full.</summary>
    public MeasureGoal Accuracy { get; }

    /// <summary>What is weighed against it.</summary>
    public IReadOnlyList<MeasurePenalty> Penalties => _penalties;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Measures { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<MeasureGoal> Goals { get; }

    /// <inheritdoc/>
    public override bool? MaximizesValue => Accuracy.Maximize;

    /// <inheritdoc/>
    protected override double[] Losses(IReadOnlyDictionary<string, double> measures) => [Loss(measures)];

    /// <inheritdoc/>
    protected override double? Value(IReadOnlyDictionary<string, double> measures)
    {
        var loss = Loss(measures);
        return !double.IsFinite(loss) ? null : Accuracy.Maximize ? -loss : loss;
    }

    /// <summary>The formula, as <c>rmse + 0.5 * rmse-difference</c>.</summary>
    public override string ToString()
    {
        var accuracy = Accuracy.Scale == 1
            ? Accuracy.Measure
            : $"{Accuracy.Measure} / {Accuracy.Scale.ToString("R", CultureInfo.InvariantCulture)}";
        return accuracy + string.Concat(_penalties.Select(penalty => (Accuracy.Maximize ? " - " : " + ") + penalty));
    }

    private double Loss(IReadOnlyDictionary<string, double> measures)
    {
        var loss = Accuracy.Loss(measures);
        foreach (var penalty in _penalties)
        {
            loss += penalty.Term(measures);
        }

        return loss;
    }
}
