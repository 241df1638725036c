using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Checks;

/// <summary>Says whose mistake it is where a group is asked for that <c>data.groups</c> does not have: what the data
/// knows decides.</summary>
internal static class MisspeltGroup
{
    /// <summary>Where the data has the group that is asked for, and <c>data.groups</c> has a name much like it that the
    /// data has not, the mistake is there: it is added, and nothing is wrong with what asked.</summary>
    /// <param name="source">The data.</param>
    /// <param name="asked">Name of the group that is asked for and not declared.</param>
    /// <param name="problems">Receives the mistake.</param>
    /// <returns>Whether it is there.</returns>
    public static bool IsDeclared(DataSource source, string asked, YamlProblems problems)
    {
        var declared = source.Section.Groups.All.Select(g => g.Entry).ToArray();
        if (NearestName.Of(asked, [.. declared.Select(entry => entry.Value)]) is not { } near
            || OutlineOf(source) is not { } outline)
        {
            return false;
        }

        string[] known = [.. outline.Groups.Values.SelectMany(names => names)];
        if (!known.Contains(asked) || known.Contains(near))
        {
            return false;
        }

        problems.Add(
            declared.First(entry => entry.Value == near).Place,
            $"the data set '{outline.Name}' has no group '{near}'. Did you mean '{asked}'?");
        return true;
    }

    private static DataOutline? OutlineOf(DataSource source)
    {
        try
        {
            return source.Section is { Source: null, Rows: null } ? null : DataOutline.Of(source);
        }
        catch (InputException)
        {
            // It is told where the data is looked for.
            return null;
        }
    }
}
