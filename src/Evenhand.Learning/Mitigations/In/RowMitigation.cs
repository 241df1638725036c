using Evenhand.Data;

namespace Evenhand.Learning.Mitigations.In;

/// <summary>A mitigation within classifiers that looks at the groups of rows, or of their users.</summary>
public abstract class RowMitigation : InMitigation, IRowMitigation
{
    private protected RowMitigation()
    {
    }

    /// <summary>Name of the group attribute of the rows or users.</summary>
    public abstract string Group { get; }

    MitigationOptions IRowMitigation.Options => UntypedOptions;

    private protected abstract MitigationOptions UntypedOptions { get; }

    RowGroups IRowMitigation.FindGroups(Dataset train) => FindRowGroups(train, Group);
}
