using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.Pre;

namespace SlopeOne;

/// <summary>Options of <see cref="SmallGroupWeights"/>.</summary>
public sealed record SmallGroupWeightsOptions : MitigationOptions
{
    /// <summary>The group attribute.</summary>
    [GroupName(GroupSide.User, GroupSide.Row)]
    public string Group { get; init; } = "";

    /// <summary>0 leaves the weights as they are; with 1 all groups weigh the same in all.</summary>
    /// <value>1</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double Strength { get; init; } = 1;
}

/// <summary>Weighs the rows of small groups up: a row of a group of n rows weighs <c>n^-strength</c>, scaled so that
/// the mean weight stays what it was. Rows of unknown group weigh as before.</summary>
/// <param name="options">Group and strength.</param>
public sealed class SmallGroupWeights(SmallGroupWeightsOptions options) : PreMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<SmallGroupWeightsOptions>(
        "small-group-weights",
        "Weighs the rows of small groups up.",
        TaskKinds.Every,
        options => new SmallGroupWeights(options),
        MitigationStage.Pre);

    /// <inheritdoc/>
    public override string Name => Descriptor.Name;

    /// <inheritdoc/>
    public override Dataset Apply(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(train);
        options.Validate();
        var codes = train.GroupCodes(FindGroup(train, options.Group, GroupSide.User, GroupSide.Row));
        var sizes = codes.Where(code => code >= 0).CountBy(code => code).ToDictionary();
        var mean = sizes.Count == 0 ? 1 : sizes.Values.Average();
        return RowWeights.Multiply(
            train, Array.ConvertAll(codes, code => code < 0 ? 1 : Math.Pow(sizes[code] / mean, -options.Strength)));
    }
}
