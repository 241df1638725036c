using Evenhand.Data.Columns;

namespace Evenhand.Data.Descriptors;

/// <summary>Turns the role of a descriptor into the roles of a column.</summary>
internal static class ColumnRoleNames
{
    /// <summary>The roles of a column with that role.</summary>
    public static ColumnRoles ToRoles(ColumnRole role) => role switch
    {
        ColumnRole.User => ColumnRoles.User,
        ColumnRole.Item => ColumnRoles.Item,
        ColumnRole.Text => ColumnRoles.Text,
        ColumnRole.Feature => ColumnRoles.Feature,
        ColumnRole.Time => ColumnRoles.Time,
        ColumnRole.Weight => ColumnRoles.Weight,
        _ => ColumnRoles.None,
    };
}
