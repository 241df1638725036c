using Evenhand.Data;
using Evenhand.Data.Descriptors;

namespace Evenhand.Experiments.Tasks;

/// <summary>Which users turned to which items.</summary>
internal sealed class InteractionInput : TaskInput
{
    /// <inheritdoc/>
    public override IReadOnlyList<(ColumnRole Role, string Name)> Required { get; } =
        [(ColumnRole.User, "users"), (ColumnRole.Item, "items")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> RowNeeds { get; } = ["user", "item"];

    /// <inheritdoc/>
    public override bool Has(Dataset data, int row) =>
        !data.UserColumn!.IsMissing(row) && !data.ItemColumn!.IsMissing(row);

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRole> RolesToPredict(bool ranks, bool foldIn) =>
        ranks && !foldIn ? [ColumnRole.User] : [ColumnRole.User, ColumnRole.Item];
}
