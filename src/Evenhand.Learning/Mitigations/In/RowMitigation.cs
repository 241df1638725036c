using Evenhand.Data;

namespace Evenhand.Learning.Mitigations.In;

/// <summary>A mitigation within classifiers that looks at the groups of rows, or of their users.</summary>
public abstract class RowMitigation : InMitigation, IRowMitigation
{
    /// <summary>For a mitigation of any assembly; a learner has to know it: see
    /// <see cref="Learner.Supports"/>.</summary>
    protected RowMitigation()
    {
    }

    /// <summary>Name of the group attribute of the rows or users.</summary>
    public abstract string Group { get; }

    MitigationOptions IRowMitigation.Options => UntypedOptions;

    /// <summary>Its options.</summary>
    protected abstract MitigationOptions UntypedOptions { get; }

    RowGroups IRowMitigation.FindGroups(Dataset train) => FindRowGroups(train, Group);
}
