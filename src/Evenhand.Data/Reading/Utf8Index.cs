using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Evenhand.Data.Reading;

/// <summary>Numbers the distinct byte strings that it is given, in order of first appearance.</summary>
/// <remarks>A hash table with linear probing over one pool of bytes: no string is made until the end.</remarks>
internal sealed class Utf8Index
{
    private byte[] _pool = new byte[1024];
    private int _used;
    private int[] _starts = new int[64];
    private uint[] _hashes = new uint[64];
    private int[] _slots = new int[128];

    /// <summary>Number of distinct strings.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a string; a new one gets the next.</summary>
    public int Add(ReadOnlySpan<byte> value)
    {
        var hash = Hash(value);
        var mask = _slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var id = _slots[slot] - 1;
            if (id < 0)
            {
                return Insert(value, hash, slot);
            }

            if (_hashes[id] == hash && Bytes(id).SequenceEqual(value))
            {
                return id;
            }
        }
    }

    /// <summary>The string of a number.</summary>
    public string this[int id] => Encoding.UTF8.GetString(Bytes(id));

    private static uint Hash(ReadOnlySpan<byte> value)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(value);
        var state = (ulong)value.Length * 0x9E3779B97F4A7C15UL;
        foreach (var word in words)
        {
            state = BitOperations.RotateLeft((state ^ word) * 0xD6E8FEB86659FD93UL, 29);
        }

        foreach (var rest in value[(words.Length * 8)..])
        {
            state = (state ^ rest) * 0x100000001B3UL;
        }

        state ^= state >> 32;
        state *= 0xD6E8FEB86659FD93UL;
        return (uint)(state >> 32);
    }

    private ReadOnlySpan<byte> Bytes(int id) =>
        _pool.AsSpan(_starts[id], (id + 1 < Count ? _starts[id + 1] : _used) - _starts[id]);

    private int Insert(ReadOnlySpan<byte> value, uint hash, int slot)
    {
        if (_used + value.Length > _pool.Length)
        {
            Array.Resize(ref _pool, Math.Max(checked(_pool.Length * 2), _used + value.Length));
        }

        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }

        value.CopyTo(_pool.AsSpan(_used));
        _starts[Count] = _used;
        _hashes[Count] = hash;
        _used += value.Length;
        _slots[slot] = ++Count;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var id = 0; id < Count; id++)
        {
            var slot = (int)_hashes[id] & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = id + 1;
        }
    }
}
