using Evenhand.Data.Descriptors;

namespace Evenhand.Experiments.Tasks;

/// <summary>A text in each row.</summary>
internal sealed class TextInput : TaskInput
{
    /// <inheritdoc/>
    public override IReadOnlyList<(ColumnRole Role, string Name)> Required { get; } = [(ColumnRole.Text, "text column")];

    /// <inheritdoc/>
    public override bool IsText => true;

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRole> RolesToPredict(bool ranks, bool foldIn) => [ColumnRole.Text];
}
