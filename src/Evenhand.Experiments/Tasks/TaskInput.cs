using Evenhand.Data;
using Evenhand.Data.Descriptors;

namespace Evenhand.Experiments.Tasks;

/// <summary>What is predicted from.</summary>
internal abstract class TaskInput
{
    /// <summary>Roles of columns that the data must have, with what to call them where they are missing.</summary>
    public abstract IReadOnlyList<(ColumnRole Role, string Name)> Required { get; }

    /// <summary>What each row must have, in words.</summary>
    public virtual IReadOnlyList<string> RowNeeds => [];

    /// <summary>Whether it is text, in which identity terms are found and whose words can be explained.</summary>
    public virtual bool IsText => false;

    /// <summary>Whether a row has what it needs.</summary>
    public virtual bool Has(Dataset data, int row) => true;

    /// <summary>Roles of the columns of a file to predict.</summary>
    /// <param name="ranks">Whether lists are predicted: then the items are the answer.</param>
    /// <param name="foldIn">Whether the file has what new users chose.</param>
    public abstract IReadOnlyList<ColumnRole> RolesToPredict(bool ranks, bool foldIn);
}
