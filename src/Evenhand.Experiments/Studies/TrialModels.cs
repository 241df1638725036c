using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Learning;
using Evenhand.Tuning.Artifacts;
using Evenhand.Tuning.Storage;

namespace Evenhand.Experiments.Studies;

/// <summary>The models of a study's trials, each under the number of its trial and of the attempt that fitted
/// it.</summary>
/// <remarks>The commit that finishes a trial says which attempt did, and that attempt's model is the trial's from then
/// on: two processes never write the same artifact, and what a process that was killed has left is nobody's. Models of
/// trials that were never claimed (attempt 0) are named after the trial alone, as older versions named them.</remarks>
/// <param name="store">Keeps the models.</param>
/// <param name="folder">Name below which they are.</param>
internal sealed class TrialModels(IArtifactStore store, string folder)
{
    private const string Suffix = ".model";

    /// <summary>Whether an artifact is a model.</summary>
    /// <param name="name">Name of the artifact.</param>
    public bool Holds(string name) => Parse(name) is not null;

    /// <summary>Keeps the model of an attempt.</summary>
    /// <exception cref="InputException">It must not be written.</exception>
    /// <exception cref="FileNotWrittenException">It cannot be written.</exception>
    public void Save(int trial, int attempt, Model model)
    {
        var name = NameOf(trial, attempt);
        try
        {
            store.Write(name, stream => ModelFile.Write(model, stream));
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new InputException(
                $"{store.Locate(name)}: the model cannot be written: {problem.Message}", problem);
        }
    }

    /// <summary>The model of an attempt, or null where it was not kept.</summary>
    /// <exception cref="InputException">It is damaged, or cannot be read.</exception>
    public Model? Load(int trial, int attempt, Registry registry)
    {
        var name = NameOf(trial, attempt);
        try
        {
            using var stream = store.OpenRead(name);
            return stream is null ? null : ModelFile.Read(stream, store.Locate(name), registry);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{store.Locate(name)}: the model cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Drops the models that are no trial's, whole or half-written, and those of trials that are not to be
    /// kept. What others are about to finish stays.</summary>
    /// <param name="storage">Where the trials are.</param>
    /// <param name="study">Name of the study.</param>
    /// <param name="keep">Numbers of the trials to keep.</param>
    public void Sweep(StudyStorage storage, string study, IReadOnlySet<int> keep)
    {
        // In this order: a model that is there now was claimed before; a claim that is gone now has its trial after.
        var whole = store.List(folder);
        var unfinished = store.ListUnfinished(folder);
        if (whole.Count == 0 && unfinished.Count == 0)
        {
            return;
        }

        var running = storage.ReadClaims(study).Where(claim => claim.IsHeld)
            .Select(claim => (claim.Number, claim.Attempt)).ToHashSet();
        var finished = storage.ReadTrials(study, payloads: false).ToDictionary(t => t.Number, t => t.Attempt);
        foreach (var name in whole)
        {
            if (Parse(name) is { } model && !running.Contains(model)
                && !(keep.Contains(model.Trial) && finished.GetValueOrDefault(model.Trial, -1) == model.Attempt))
            {
                store.Delete(name);
            }
        }

        foreach (var left in unfinished)
        {
            if (Parse(left.Name) is { } model && !running.Contains(model))
            {
                store.Delete(left.Part);
            }
        }
    }

    private string NameOf(int trial, int attempt) => attempt == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{folder}/{trial}{Suffix}")
        : string.Create(CultureInfo.InvariantCulture, $"{folder}/{trial}-{attempt}{Suffix}");

    // FOLDER/NUMBER.model or FOLDER/NUMBER-ATTEMPT.model.
    private (int Trial, int Attempt)? Parse(string name)
    {
        if (!name.StartsWith($"{folder}/", StringComparison.Ordinal)
            || !name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = name[(folder.Length + 1)..^Suffix.Length].Split('-');
        var attempt = 0;
        return parts.Length <= 2 && IsNumber(parts[0], out var trial)
            && (parts.Length == 1 || IsNumber(parts[1], out attempt))
                ? (trial, attempt)
                : null;
    }

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
