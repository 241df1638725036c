namespace Evenhand.Experiments.Plans;

/// <summary>What the study was run on.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="Rows">Rows before the split.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the source; null for simulated data.</param>
public sealed record DatasetFacts(string Name, int Rows, string? Sha256)
{
    /// <summary>Number of items: the catalogue of which rankings are made. Null where there are none, or where an
    /// earlier version did not note it. No part of the JSON form of a leaderboard, whose protocol says it.</summary>
    public int? Items { get; init; }

    /// <summary>Tells one split of the data from another. Null where an earlier version did not note it. No part of
    /// the JSON form of a leaderboard.</summary>
    public string? Split { get; init; }

    /// <summary>Whether trials on these data can be compared with trials on others.</summary>
    public bool IsSameAs(DatasetFacts other) => this with { Items = null } == other with { Items = null };
}
