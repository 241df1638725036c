namespace Evenhand.Tuning.Objectives;

/// <summary>What holds for the names of the measures of every objective.</summary>
internal static class MeasureNames
{
    public static void CheckDistinct(IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw new ArgumentException($"The measure '{name}' is in the objective twice.");
            }
        }
    }
}
