using System.Text;

namespace Evenhand.Configuration.Randomness;

/// <summary>The only source of randomness: one seed at the root, a path for each use.</summary>
/// <remarks>
/// The random numbers at a path depend on the root seed and the path alone, never on the order of use: a trial that is
/// run again, in another process or on another thread, draws the same numbers. Paths are hashed with FNV-1a and mixed
/// with SplitMix64 (Steele, Lea, Flood 2014); numbers come from <see cref="SeededRandom"/>.
/// </remarks>
public sealed class SeedTree
{
    private readonly ulong _state;

    /// <summary>The root of a tree.</summary>
    public SeedTree(long seed) => _state = Mix(unchecked((ulong)seed) ^ 0x9E3779B97F4A7C15UL);

    private SeedTree(ulong state) => _state = state;

    /// <summary>The subtree at a path such as <c>trial/17/fold/2</c>; equal to forking at each part in turn.</summary>
    public SeedTree Fork(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var state = _state;
        foreach (var range in path.AsSpan().Split('/'))
        {
            state = Mix(state ^ Hash(path[range]));
        }

        return new SeedTree(state);
    }

    /// <summary>A new generator at this node; two calls give equal generators.</summary>
    public SeededRandom CreateRandom() => new(_state);

    /// <summary>A number that depends on the text alone.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return Mix(hash);
    }

    /// <summary>A number whose bits all depend on all bits of the value: the finalizer of SplitMix64 (G. Steele, D.
    /// Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). One to one.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
