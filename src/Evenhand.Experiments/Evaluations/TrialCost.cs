namespace Evenhand.Experiments.Evaluations;

/// <summary>What a trial's model costs, measured as the trial ran.</summary>
/// <param name="FitSeconds">Wall-clock seconds that fitting took, mitigations included.</param>
/// <param name="PredictionMicroseconds">Wall-clock microseconds for each predicted row, or each user's ranked list, of
/// the validation part.</param>
public sealed record TrialCost(double FitSeconds, double PredictionMicroseconds);
