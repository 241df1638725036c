namespace Evenhand.Torch.Training;

/// <summary>What became of a step.</summary>
/// <param name="Number">Number of the step, from 0.</param>
/// <param name="Loss">Mean loss of its rows before the step, rows weighed.</param>
/// <param name="LearningRate">The learning rate.</param>
internal readonly record struct TrainingStep(int Number, double Loss, double LearningRate);
