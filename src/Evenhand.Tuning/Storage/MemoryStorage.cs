using Evenhand.Configuration;
using Evenhand.Tuning.Artifacts;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Storage;

/// <summary>Keeps studies as long as the process lives.</summary>
public sealed class MemoryStorage : StudyStorage
{
    private readonly Contents _contents;

    /// <summary>A storage without studies.</summary>
    public MemoryStorage()
        : this(new Contents())
    {
    }

    /// <summary>What <c>memory:</c> means: a new store each time, of which nothing is left.</summary>
    public static StorageDescriptor Descriptor { get; } = StorageDescriptor.Of(
        "memory",
        "memory:",
        _ => false,
        (address, _) => address.Rest.Length == 0
            ? new StudyStore(new MemoryStorage(), new MemoryArtifacts())
            : throw new InputException(
                $"The store '{address}' has a name; 'memory:', which keeps nothing, has none."));

    private MemoryStorage(Contents contents) => _contents = contents;

    /// <summary>Another storage of the same studies, as another process would have it: its claims are its
    /// own.</summary>
    public MemoryStorage Share() => new(_contents);

    /// <inheritdoc/>
    public override void CreateStudy(StudyRecord study)
    {
        ArgumentNullException.ThrowIfNull(study);
        lock (_contents)
        {
            if (Find(study.Name) is not null)
            {
                throw StorageException.StudyExists(study.Name);
            }

            _contents.Studies.Add(new Entry(study));
        }
    }

    /// <inheritdoc/>
    public override StudyRecord? FindStudy(string name)
    {
        lock (_contents)
        {
            return Find(name)?.Record;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StudyRecord> ListStudies()
    {
        lock (_contents)
        {
            return [.. _contents.Studies.Select(study => study.Record)];
        }
    }

    /// <inheritdoc/>
    public override bool DeleteStudy(string name)
    {
        lock (_contents)
        {
            return Find(name) is { } study && _contents.Studies.Remove(study);
        }
    }

    /// <inheritdoc/>
    public override TrialClaim? TryClaimTrial(string study, int number, ParameterSet parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentNullException.ThrowIfNull(parameters);
        lock (_contents)
        {
            var entry = Require(study);
            var (claim, owner) = entry.Claims.GetValueOrDefault(number);
            if (entry.Trials.ContainsKey(number) || owner is not null)
            {
                return null;
            }

            var next = new TrialClaim(number, (claim?.Attempt ?? 0) + 1, parameters, IsHeld: true);
            entry.Claims[number] = (next, this);
            return next;
        }
    }

    /// <inheritdoc/>
    public override void ReleaseTrial(string study, TrialClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        lock (_contents)
        {
            var claims = Require(study).Claims;
            if (claims.TryGetValue(claim.Number, out var held)
                && held.Owner == this && held.Claim.Attempt == claim.Attempt)
            {
                claims[claim.Number] = (held.Claim, null);
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TrialClaim> ReadClaims(string study)
    {
        lock (_contents)
        {
            var entry = Require(study);
            return
            [
                .. entry.Claims.Where(claim => !entry.Trials.ContainsKey(claim.Key))
                    .Select(claim => claim.Value.Claim with { IsHeld = claim.Value.Owner is not null }),
            ];
        }
    }

    /// <inheritdoc/>
    public override void AppendTrial(string study, FinishedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_contents)
        {
            var entry = Require(study);
            if (entry.Trials.ContainsKey(trial.Number))
            {
                throw StorageException.TrialExists(study, trial.Number);
            }

            var (claim, owner) = entry.Claims.GetValueOrDefault(trial.Number);
            if (trial.Attempt == 0 ? owner is not null : owner != this || claim.Attempt != trial.Attempt)
            {
                throw StorageException.NotClaimed(study, trial.Number);
            }

            entry.Claims[trial.Number] = (new TrialClaim(trial.Number, trial.Attempt, trial.Parameters, false), null);
            entry.Trials.Add(trial.Number, trial);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FinishedTrial> ReadTrials(string study, bool payloads = true)
    {
        lock (_contents)
        {
            var trials = Require(study).Trials.Values;
            return [.. payloads ? trials : trials.Select(trial => trial with { Payload = null })];
        }
    }

    /// <inheritdoc/>
    public override FinishedTrial? ReadTrial(string study, int number)
    {
        lock (_contents)
        {
            return Require(study).Trials.GetValueOrDefault(number);
        }
    }

    /// <inheritdoc/>
    public override int CountTrials(string study)
    {
        lock (_contents)
        {
            return Require(study).Trials.Count;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> DiscardDamaged(string study, Predicate<FinishedTrial> isSound)
    {
        ArgumentNullException.ThrowIfNull(isSound);
        lock (_contents)
        {
            var trials = Require(study).Trials;
            int[] damaged = [.. trials.Values.Where(trial => !isSound(trial)).Select(trial => trial.Number)];
            foreach (var number in damaged)
            {
                trials.Remove(number);
            }

            return damaged;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_contents)
        {
            foreach (var claims in _contents.Studies.Select(study => study.Claims))
            {
                foreach (var (number, held) in claims.Where(claim => claim.Value.Owner == this).ToArray())
                {
                    claims[number] = (held.Claim, null);
                }
            }
        }

        base.Dispose(disposing);
    }

    private Entry? Find(string name) => _contents.Studies.Find(study => study.Record.Name == name);

    private Entry Require(string study) => Find(study) ?? throw StorageException.NoStudy(study);

    // What several storages share; all is done under its lock.
    private sealed class Contents
    {
        public List<Entry> Studies { get; } = [];
    }

    private sealed record Entry(StudyRecord Record)
    {
        public SortedList<int, FinishedTrial> Trials { get; } = [];

        public SortedList<int, (TrialClaim Claim, MemoryStorage? Owner)> Claims { get; } = [];
    }
}
