using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations;

/// <summary>Marks a text option of a mitigation as the name of a group attribute of the data.</summary>
/// <param name="sides">Whose attribute it may be.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GroupNameAttribute(params GroupSide[] sides) : Attribute
{
    /// <summary>Whose attribute it may be.</summary>
    public IReadOnlyList<GroupSide> Sides { get; } = sides;

    /// <summary>Whether it may be left out.</summary>
    /// <value>false</value>
    public bool Optional { get; init; }

    /// <summary>Whether it must be an attribute of identity terms: one that comes from a lexicon.</summary>
    /// <value>false</value>
    public bool OfTerms { get; init; }
}
