using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Pre;

/// <summary>Options of <see cref="Reweighing"/>.</summary>
public sealed record ReweighingOptions : MitigationOptions
{
    /// <summary>The attribute whose groups are to look alike.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.User, GroupSide.Row)]
    public string Group { get; init; } = "";

    /// <summary>The attribute of the items that is to be independent of the group; where it is left out, the label
    /// is.</summary>
    /// <value>the label</value>
    [GroupName(GroupSide.Item, Optional = true)]
    public string ItemGroup { get; init; } = "";

    /// <summary>Power to which the weights are raised: at 1 group and item group (or label) are independent in the
    /// weighted rows, at 0 every row weighs 1.</summary>
    /// <value>1</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double Strength { get; init; } = 1;
}
