using System.Runtime.CompilerServices;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Metrics.Resampling;

/// <summary>How often each unit was drawn, and working room. One for each thread; starts as the data as they
/// are.</summary>
internal sealed class Resample
{
    private readonly UnitIndex _index;
    private readonly int[] _drawn;
    private readonly double[] _unitWeights;
    private readonly double[] _entryWeights;
    private double[] _room = [];
    private double[] _kept = [];
    private object? _keptOf;
    private SeededRandom? _keyRandom;
    private ulong[] _unitKeys = [];
    private ulong[] _smallest = [];
    private int[] _places = [];

    public Resample(UnitIndex index)
    {
        _index = index;
        _drawn = new int[index.UnitCount];
        _unitWeights = new double[index.UnitCount];
        _entryWeights = index.EntryUnits is null ? _unitWeights : new double[index.EntryCount];
        Array.Fill(_unitWeights, 1);
        Array.Fill(_entryWeights, 1);
    }

    /// <summary>Whether units were drawn; before, the data are as they are.</summary>
    public bool IsDrawn { get; private set; }

    /// <summary>Times each unit was drawn.</summary>
    public ReadOnlySpan<double> UnitWeights => _unitWeights;

    /// <summary>Times each entry's unit was drawn.</summary>
    public ReadOnlySpan<double> EntryWeights => _entryWeights;

    /// <summary>Draws as many units as there are, with replacement.</summary>
    public void Draw(SeededRandom random)
    {
        CountDraws(random, _drawn);
        _keyRandom = new SeededRandom(random.NextUInt64());
        (IsDrawn, _keptOf) = (true, null);
        for (var unit = 0; unit < _drawn.Length; unit++)
        {
            _unitWeights[unit] = _drawn[unit];
        }

        if (_index.EntryUnits is { } units)
        {
            for (var entry = 0; entry < units.Length; entry++)
            {
                _entryWeights[entry] = _unitWeights[units[entry]];
            }
        }
    }

    /// <summary>Chooses some of a population's units at random, each at most once: those with the smallest of random
    /// keys, so that populations with units in common tend to the same ones.</summary>
    /// <param name="units">The population's units, each once.</param>
    /// <param name="count">How many to choose, at least 1 and at most as many as there are.</param>
    /// <returns>Places in the list of units, in random order; the next call overwrites them.</returns>
    public ReadOnlySpan<int> Choose(ReadOnlySpan<int> units, int count)
    {
        DrawKeys();
        if (_places.Length < units.Length)
        {
            (_smallest, _places) = (new ulong[units.Length], new int[units.Length]);
        }

        // Few keys are below a threshold near the right one; these are sorted.
        var (share, chosen) = ((double)count / units.Length, 0);
        while (chosen < count)
        {
            share *= 1.25;
            chosen = FindBelow(share >= 1 ? ulong.MaxValue : (ulong)(share * ulong.MaxValue), units);
        }

        Array.Sort(_smallest, _places, 0, chosen);
        return _places.AsSpan(0, count);
    }

    private int FindBelow(ulong threshold, ReadOnlySpan<int> units)
    {
        var found = 0;
        for (var place = 0; place < units.Length; place++)
        {
            if (_unitKeys[units[place]] is var key && key <= threshold)
            {
                (_smallest[found], _places[found]) = (key, place);
                found++;
            }
        }

        return found;
    }

    // Once for each resample in which somebody asks.
    private void DrawKeys()
    {
        if (_keyRandom is null)
        {
            return;
        }

        _unitKeys = _unitKeys.Length == 0 ? new ulong[_index.UnitCount] : _unitKeys;
        for (var unit = 0; unit < _unitKeys.Length; unit++)
        {
            _unitKeys[unit] = _keyRandom.NextUInt64();
        }

        _keyRandom = null;
    }

    // Uniform by multiplying and keeping the high half (Lemire 2019), two draws from each 64 random bits. Low halves
    // below 2^32 mod n would favour some units; they are drawn again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountDraws(SeededRandom random, Span<int> drawn)
    {
        drawn.Clear();
        var units = (uint)drawn.Length;
        var unfair = units == 0 ? 0 : (0 - units) % units;
        var bits = 0UL;
        for (var i = 0; i < drawn.Length; i++)
        {
            bits = i % 2 == 0 ? random.NextUInt64() : bits >> 32;
            var product = (uint)bits * (ulong)units;
            drawn[(uint)product >= unfair ? (int)(product >> 32) : random.Next(drawn.Length)]++;
        }
    }

    /// <summary>Room for that many figures, with anything in it; the next call gives the same room.</summary>
    public Span<double> Rent(int length)
    {
        if (_room.Length < length)
        {
            _room = new double[length];
        }

        return _room.AsSpan(0, length);
    }

    /// <summary>Room that keeps what is put in until the next draw, or until something else needs it.</summary>
    /// <param name="of">What it is about.</param>
    /// <param name="length">Number of figures.</param>
    /// <param name="room">The room.</param>
    /// <returns>Whether it has been filled.</returns>
    public bool Recall(object of, int length, out Span<double> room)
    {
        var filled = ReferenceEquals(of, _keptOf);
        if (_kept.Length < length)
        {
            _kept = new double[length];
        }

        _keptOf = of;
        room = _kept.AsSpan(0, length);
        return filled;
    }
}
