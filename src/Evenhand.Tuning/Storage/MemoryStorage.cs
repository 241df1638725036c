namespace Evenhand.Tuning;

/// <summary>Keeps studies as long as the process lives.</summary>
public sealed class MemoryStorage : StudyStorage
{
    private readonly Lock _lock = new();
    private readonly List<(StudyRecord Record, SortedList<int, FinishedTrial> Trials)> _studies = [];

    /// <inheritdoc/>
    public override void CreateStudy(StudyRecord study)
    {
        ArgumentNullException.ThrowIfNull(study);
        lock (_lock)
        {
            if (Position(study.Name) >= 0)
            {
                throw StorageException.StudyExists(study.Name);
            }

            _studies.Add((study, []));
        }
    }

    /// <inheritdoc/>
    public override StudyRecord? FindStudy(string name)
    {
        lock (_lock)
        {
            var position = Position(name);
            return position < 0 ? null : _studies[position].Record;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<StudyRecord> ListStudies()
    {
        lock (_lock)
        {
            return [.. _studies.Select(study => study.Record)];
        }
    }

    /// <inheritdoc/>
    public override bool DeleteStudy(string name)
    {
        lock (_lock)
        {
            var position = Position(name);
            if (position >= 0)
            {
                _studies.RemoveAt(position);
            }

            return position >= 0;
        }
    }

    /// <inheritdoc/>
    public override void AppendTrial(string study, FinishedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_lock)
        {
            if (!TrialsOf(study).TryAdd(trial.Number, trial))
            {
                throw StorageException.TrialExists(study, trial.Number);
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FinishedTrial> ReadTrials(string study, bool payloads = true)
    {
        lock (_lock)
        {
            var trials = TrialsOf(study).Values;
            return [.. payloads ? trials : trials.Select(trial => trial with { Payload = null })];
        }
    }

    /// <inheritdoc/>
    public override FinishedTrial? ReadTrial(string study, int number)
    {
        lock (_lock)
        {
            return TrialsOf(study).GetValueOrDefault(number);
        }
    }

    /// <inheritdoc/>
    public override int CountTrials(string study)
    {
        lock (_lock)
        {
            return TrialsOf(study).Count;
        }
    }

    private int Position(string name) => _studies.FindIndex(study => study.Record.Name == name);

    private SortedList<int, FinishedTrial> TrialsOf(string study)
    {
        var position = Position(study);
        return position < 0 ? throw StorageException.NoStudy(study) : _studies[position].Trials;
    }
}
