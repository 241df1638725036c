using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Learning;
using Evenhand.Tuning.Storage;

namespace Evenhand.Experiments.Studies;

/// <summary>The models of a study's trials, each under the number of its trial and of the attempt that fitted
/// it.</summary>
/// <remarks>The commit that finishes a trial says which attempt did, and that attempt's model is the trial's from then
/// on: two processes never write the same file, and what a process that was killed has left is nobody's. Models of
/// trials that were never claimed (attempt 0) are named after the trial alone, as older versions named them.</remarks>
internal sealed class TrialModels
{
    private const string Suffix = ".model";

    private readonly string _folder;

    /// <param name="folder">The folder of the models; need not exist.</param>
    public TrialModels(string folder) => _folder = folder;

    /// <summary>The file of an attempt's model.</summary>
    public string PathOf(int trial, int attempt) => Path.Combine(
        _folder,
        attempt == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{trial}{Suffix}")
            : string.Create(CultureInfo.InvariantCulture, $"{trial}-{attempt}{Suffix}"));

    /// <summary>Whether a file is one of a model, whole or half-written.</summary>
    public bool Holds(string file) =>
        Path.GetDirectoryName(file) == _folder && Parse(Path.GetFileName(file), out _) is not null;

    /// <summary>Keeps the model of an attempt.</summary>
    /// <exception cref="FileNotWrittenException">It cannot be written.</exception>
    public void Save(int trial, int attempt, Model model)
    {
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (IOException failure)
        {
            throw new FileNotWrittenException(_folder, failure);
        }

        ModelFile.Save(model, PathOf(trial, attempt));
    }

    /// <summary>Drops the models that are no trial's, whole or half-written, and those of trials that are not to be
    /// kept. What others are about to finish stays.</summary>
    /// <param name="storage">Where the trials are.</param>
    /// <param name="study">Name of the study.</param>
    /// <param name="keep">Numbers of the trials to keep.</param>
    public void Sweep(StudyStorage storage, string study, IReadOnlySet<int> keep)
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        // In this order: a file that is there now was claimed before; a claim that is gone now has its trial after.
        var files = Directory.GetFiles(_folder);
        var running = storage.ReadClaims(study).Where(claim => claim.IsHeld)
            .Select(claim => (claim.Number, claim.Attempt)).ToHashSet();
        var finished = storage.ReadTrials(study, payloads: false).ToDictionary(t => t.Number, t => t.Attempt);
        foreach (var file in files)
        {
            if (Parse(Path.GetFileName(file), out var isWhole) is not { } model || running.Contains(model))
            {
                continue;
            }

            var isTrials = isWhole
                && finished.TryGetValue(model.Trial, out var attempt) && attempt == model.Attempt;
            if (!isTrials || !keep.Contains(model.Trial))
            {
                File.Delete(file);
            }
        }
    }

    // NUMBER.model, NUMBER-ATTEMPT.model, and either with a unique part and the end of what is not finished.
    private static (int Trial, int Attempt)? Parse(string name, out bool isWhole)
    {
        isWhole = name.EndsWith(Suffix, StringComparison.Ordinal);
        var end = name.IndexOf('.', StringComparison.Ordinal);
        if (end < 0 || (!isWhole && !name.EndsWith(WholeFile.UnfinishedSuffix, StringComparison.Ordinal)))
        {
            return null;
        }

        var parts = name[..end].Split('-');
        var attempt = 0;
        return parts.Length <= 2 && IsNumber(parts[0], out var trial)
            && (parts.Length == 1 || IsNumber(parts[1], out attempt))
                ? (trial, attempt)
                : null;
    }

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
