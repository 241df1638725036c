using Evenhand.Data.Descriptors;

namespace Evenhand.Experiments.Tasks;

/// <summary>Numbers and categories in each row: the columns with the role <c>feature</c>.</summary>
internal sealed class FeatureInput : TaskInput
{
    /// <inheritdoc/>
    public override IReadOnlyList<(ColumnRole Role, string Name)> Required { get; } =
        [(ColumnRole.Feature, "column with the role feature")];

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRole> RolesToPredict(bool ranks, bool foldIn) => [ColumnRole.Feature];
}
