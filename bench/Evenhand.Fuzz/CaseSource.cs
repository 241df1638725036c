using Evenhand.Configuration.Randomness;

namespace Evenhand.Fuzz;

/// <summary>Makes mutated inputs of one kind.</summary>
internal abstract class CaseSource
{
    /// <summary>How many cases a campaign has unless told otherwise.</summary>
    public abstract int Cases { get; }

    /// <summary>Makes what the cases are mutations of, once a campaign.</summary>
    /// <param name="originals">An empty folder.</param>
    public abstract Task PrepareAsync(string originals);

    /// <summary>Makes one case.</summary>
    /// <param name="random">All that decides it.</param>
    /// <param name="originals">What <see cref="PrepareAsync"/> made.</param>
    /// <param name="folder">An empty folder for what is mutated.</param>
    public abstract FuzzCase Make(SeededRandom random, string originals, string folder);

    /// <summary>One of some things.</summary>
    protected static T Any<T>(SeededRandom random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>Copies a folder with all below it.</summary>
    protected static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}

/// <summary>One mutated input and the command that reads it.</summary>
/// <param name="Arguments">The command line.</param>
/// <param name="Places">A message that refuses the input names one of these.</param>
internal sealed record FuzzCase(string[] Arguments, string[] Places)
{
    /// <summary>Whether the command fits models: such a run may fail (exit code 1), and one that is long is
    /// interrupted.</summary>
    public bool Runs { get; init; }
}
