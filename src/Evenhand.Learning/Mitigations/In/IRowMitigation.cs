using Evenhand.Configuration;
using Evenhand.Data;

namespace Evenhand.Learning.Mitigations.In;

/// <summary>A mitigation within learners of labels, which looks at the groups of rows.</summary>
public interface IRowMitigation
{
    /// <summary>Its options.</summary>
    MitigationOptions Options { get; }

    /// <summary>The groups of the training rows.</summary>
    /// <exception cref="InputException">The data has no such group of the rows or users.</exception>
    RowGroups FindGroups(Dataset train);
}
