using System.Text.Json;
using Evenhand.Configuration;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Evaluations;

/// <summary>The figures that a study has kept with a trial.</summary>
internal static class StoredFigures
{
    /// <summary>The figures of a complete trial.</summary>
    /// <param name="study">Name of the study, for messages.</param>
    /// <param name="trial">The trial, with its payload.</param>
    /// <exception cref="InputException">They are damaged.</exception>
    public static EvaluationFigures Of(string study, FinishedTrial trial)
    {
        try
        {
            return EvaluationJson.Read(trial.Payload);
        }
        catch (JsonException problem)
        {
            throw new InputException(
                $"Trial {trial.Number} of the study '{study}' is damaged: {problem.Message}"
                + " Resume the study to run the trial again, or restore its store from a copy.",
                problem);
        }
    }
}
