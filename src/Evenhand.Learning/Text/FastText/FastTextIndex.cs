using System.Numerics;

namespace Evenhand.Learning.Text.FastText;

/// <summary>Numbers keys from 0 in the order in which they are first added: a hash table with open
/// addressing.</summary>
/// <remarks>Looking up is safe from many threads at once as long as none adds.</remarks>
internal sealed class FastTextIndex
{
    private const int SmallestCapacity = 1024;

    // The key in the upper half, its number plus 1 in the lower one; 0 where free.
    private ulong[] _slots;
    private int _shift;

    /// <param name="expected">How many keys to make room for; more will do.</param>
    public FastTextIndex(int expected)
    {
        // At most half of the slots are taken, so that a search ends soon.
        _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(SmallestCapacity, 2L * expected))];
        _shift = 32 - BitOperations.Log2((uint)_slots.Length);
    }

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a key; added where it is new.</summary>
    public int Add(uint key)
    {
        var slot = Find(key);
        if (_slots[slot] != 0)
        {
            return NumberIn(slot);
        }

        if (2 * (Count + 1) > _slots.Length)
        {
            Grow();
            slot = Find(key);
        }

        _slots[slot] = ((ulong)key << 32) | (uint)++Count;
        return Count - 1;
    }

    /// <summary>The number of a key, or -1 where it is not known.</summary>
    public int NumberOf(uint key) => NumberIn(Find(key));

    /// <summary>The keys by number.</summary>
    public uint[] Keys()
    {
        var keys = new uint[Count];
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot] != 0)
            {
                keys[NumberIn(slot)] = (uint)(_slots[slot] >> 32);
            }
        }

        return keys;
    }

    private int NumberIn(int slot) => (int)(uint)_slots[slot] - 1;

    // The slot of the key, or the free one where it belongs. Fibonacci hashing (Knuth, vol. 3, 6.4), linear probing.
    private int Find(uint key)
    {
        var slots = _slots;
        var slot = (int)((key * 0x9E3779B9U) >> _shift);
        while (slots[slot] != 0 && (uint)(slots[slot] >> 32) != key)
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new ulong[checked(2 * old.Length)];
        _shift--;
        foreach (var taken in old)
        {
            if (taken != 0)
            {
                _slots[Find((uint)(taken >> 32))] = taken;
            }
        }
    }
}
