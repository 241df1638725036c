using System.Runtime.CompilerServices;
using Evenhand.Data;

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

    public Resample(UnitIndex index)
    {
        _index = index;
        _drawn = new int[index.UnitCount];
        _unitWeights = new double[index.UnitCount];
        _entryWeights = index.EntryUnits is null ? _unitWeights : new double[index.EntryCount];
        Array.Fill(_unitWeights, 1);
        Array.Fill(_entryWeights, 1);
    }

    /// <summary>Times each unit was drawn.</summary>
    public ReadOnlySpan<double> UnitWeights => _unitWeights;

    /// <summary>Times each entry's unit was drawn.</summary>
    public ReadOnlySpan<double> EntryWeights => _entryWeights;

    /// <summary>Draws as many units as there are, with replacement.</summary>
    public void Draw(SeededRandom random)
    {
        CountDraws(random, _drawn);
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
}
