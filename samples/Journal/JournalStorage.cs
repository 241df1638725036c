using Evenhand.Configuration;
using Evenhand.Tuning.Artifacts;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Journal;

/// <summary>Keeps studies in a text file to which each event adds a line of JSON, on a local disk.</summary>
public sealed class JournalStorage : StudyStorage
{
    private readonly string _path;
    private readonly JournalFile _file;
    private JournalOwner? _owner;

    /// <summary>Opens a journal.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="access">What for.</param>
    /// <exception cref="StorageException">There is none and none is to be made, or it cannot be opened.</exception>
    public JournalStorage(string path, StorageAccess access)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        _file = new JournalFile(_path, access);
        if (access == StorageAccess.Create)
        {
            _file.Write<object?>(_ => (null, null));
        }
    }

    /// <summary>The scheme <c>journal:FILE</c>; what studies keep besides lies in FILE-artifacts.</summary>
    public static StorageDescriptor Descriptor { get; } = StorageDescriptor.Of(
        "journal",
        "journal:FILE",
        address => File.Exists(FileOf(address)),
        (address, access) => new StudyStore(
            new JournalStorage(FileOf(address), access), new FolderArtifacts($"{FileOf(address)}-artifacts")));

    /// <inheritdoc/>
    public override void CreateStudy(StudyRecord study)
    {
        ArgumentNullException.ThrowIfNull(study);
        _file.Write(studies => studies.Any(s => s.Record.Name == study.Name)
            ? throw StorageException.StudyExists(study.Name)
            : (true, new JournalEntry(study.Name) { Created = study }));
    }

    /// <inheritdoc/>
    public override StudyRecord? FindStudy(string name) =>
        _file.Read(studies => studies.FirstOrDefault(s => s.Record.Name == name)?.Record);

    /// <inheritdoc/>
    public override IReadOnlyList<StudyRecord> ListStudies() =>
        _file.Read(studies => (IReadOnlyList<StudyRecord>)[.. studies.Select(s => s.Record)]);

    /// <inheritdoc/>
    public override bool DeleteStudy(string name) => _file.Write(studies =>
        studies.Any(s => s.Record.Name == name) ? (true, new JournalEntry(name) { Deleted = true }) : (false, null));

    /// <inheritdoc/>
    public override TrialClaim? TryClaimTrial(string study, int number, ParameterSet parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentNullException.ThrowIfNull(parameters);
        return _file.Write<TrialClaim?>(studies =>
        {
            var found = Require(studies, study);
            var (last, owner) = found.Claims.GetValueOrDefault(number);
            if (found.Trials.ContainsKey(number) || JournalOwner.Lives(_path, owner))
            {
                return (null, null);
            }

            _owner ??= new JournalOwner(_path);
            var claim = new TrialClaim(number, (last?.Attempt ?? 0) + 1, parameters, IsHeld: true);
            return (claim, new JournalEntry(study) { Claimed = claim, Owner = _owner.Id });
        });
    }

    /// <inheritdoc/>
    public override void ReleaseTrial(string study, TrialClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        _file.Write(studies =>
        {
            var (last, owner) = Require(studies, study).Claims.GetValueOrDefault(claim.Number);
            return owner is not null && owner == _owner?.Id && last.Attempt == claim.Attempt
                ? (true, new JournalEntry(study) { Released = claim.Number })
                : (false, null);
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TrialClaim> ReadClaims(string study) => _file.Read(studies =>
    {
        var found = Require(studies, study);
        return (IReadOnlyList<TrialClaim>)
        [
            .. found.Claims.Where(claim => !found.Trials.ContainsKey(claim.Key))
                .Select(claim => claim.Value.Claim with { IsHeld = JournalOwner.Lives(_path, claim.Value.Owner) }),
        ];
    });

    /// <inheritdoc/>
    public override void AppendTrial(string study, FinishedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        _file.Write(studies =>
        {
            var found = Require(studies, study);
            if (found.Trials.ContainsKey(trial.Number))
            {
                throw StorageException.TrialExists(study, trial.Number);
            }

            var (claim, owner) = found.Claims.GetValueOrDefault(trial.Number);
            var isOurs = trial.Attempt == 0
                ? !JournalOwner.Lives(_path, owner)
                : owner is not null && owner == _owner?.Id && claim.Attempt == trial.Attempt;
            return isOurs
                ? (true, new JournalEntry(study) { Finished = trial })
                : throw StorageException.NotClaimed(study, trial.Number);
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FinishedTrial> ReadTrials(string study, bool payloads = true) => _file.Read(
        studies => (IReadOnlyList<FinishedTrial>)
        [
            .. Require(studies, study).Trials.Values.Select(trial => payloads ? trial : trial with { Payload = null }),
        ]);

    /// <inheritdoc/>
    public override FinishedTrial? ReadTrial(string study, int number) =>
        _file.Read(studies => Require(studies, study).Trials.GetValueOrDefault(number));

    /// <inheritdoc/>
    public override int CountTrials(string study) => _file.Read(studies => Require(studies, study).Trials.Count);

    /// <inheritdoc/>
    public override IReadOnlyList<int> DiscardDamaged(string study, Predicate<FinishedTrial> isSound)
    {
        ArgumentNullException.ThrowIfNull(isSound);
        return _file.Write(studies =>
        {
            var trials = Require(studies, study).Trials.Values;
            int[] damaged = [.. trials.Where(trial => !isSound(trial)).Select(trial => trial.Number)];
            return (damaged, damaged.Length == 0 ? null : new JournalEntry(study) { Discarded = damaged });
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _owner?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string FileOf(StorageAddress address) => address.Rest.Length > 0
        ? address.Rest
        : throw new InputException($"The store '{address}' names no file.");

    private static JournalStudy Require(IReadOnlyList<JournalStudy> studies, string name) =>
        studies.FirstOrDefault(study => study.Record.Name == name) ?? throw StorageException.NoStudy(name);
}
