namespace Evenhand.Learning;

/// <summary>What a fit tells of itself after an iteration.</summary>
/// <param name="Step">Iterations finished, counted from 1: passes, half-step pairs, epochs, steps of a solver.</param>
/// <param name="TrainLoss">Mean loss of the training rows in the learner's own terms, as of this iteration; NaN where
/// the learner does not come by it on its way.</param>
/// <param name="Snapshot">Makes the model as it stands, which the fit does not change any more. It costs about as much
/// as the end of a fit, and may be called while the report is listened to, not later. Whoever calls it disposes of
/// the model where it is disposable.</param>
public sealed record FitReport(int Step, double TrainLoss, Func<Model> Snapshot);
