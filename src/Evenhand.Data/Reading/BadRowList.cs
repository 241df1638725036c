using Evenhand.Configuration;

namespace Evenhand.Data.Reading;

/// <summary>What to do with rows that cannot be read, and those met so far.</summary>
internal sealed class BadRowList(BadRowPolicy policy)
{
    private readonly List<BadRow> _listed = [];

    /// <summary>Number of bad rows.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<BadRow> Listed => _listed;

    /// <summary>Counts a row, or stops.</summary>
    /// <exception cref="InputException">The policy is to stop at a bad row.</exception>
    public void Add(string file, (long Line, long Column) place, string reason)
    {
        if (policy == BadRowPolicy.Error)
        {
            throw new InputException(file, place.Line, place.Column, reason);
        }

        Count++;
        if (_listed.Count < LoadReport.MaximumListed)
        {
            _listed.Add(new BadRow(file, place.Line, place.Column, reason));
        }
    }
}
