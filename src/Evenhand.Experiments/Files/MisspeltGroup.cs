using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Simulation;

namespace Evenhand.Experiments.Files;

/// <summary>Says whose mistake it is where a group is asked for that <c>data.groups</c> does not have: what the data
/// knows decides.</summary>
internal static class MisspeltGroup
{
    /// <summary>Where the data has the group that is asked for, and <c>data.groups</c> has a name much like it that the
    /// data has not, the mistake is there: it is added, and nothing is wrong with what asked.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="asked">Name of the group that is asked for and not declared.</param>
    /// <param name="problems">Receives the mistake.</param>
    /// <returns>Whether it is there.</returns>
    public static bool IsDeclared(Experiment experiment, string asked, YamlProblems problems)
    {
        var declared = experiment.Data.Groups.All.Select(g => g.Entry).ToArray();
        if (NearestName.Of(asked, [.. declared.Select(entry => entry.Value)]) is not { } near
            || Facts(experiment) is not { } facts)
        {
            return false;
        }

        string[] known = [.. facts.Groups.Values.SelectMany(names => names)];
        if (!known.Contains(asked) || known.Contains(near))
        {
            return false;
        }

        problems.Add(
            declared.First(entry => entry.Value == near).Place,
            $"the data set '{facts.Name}' has no group '{near}'. Did you mean '{asked}'?");
        return true;
    }

    private static DataFacts? Facts(Experiment experiment)
    {
        var data = experiment.Data;
        if (data.IsSimulated)
        {
            return DataFacts.OfSimulator(data.Simulator?.Label ?? SimulatorLabel.Rating);
        }

        try
        {
            return data.Rows is not null ? DataFacts.OfOwn(experiment.ReadDescriptor())
                : data.Source is not null ? DataFacts.Of(experiment.ReadDescriptor())
                : null;
        }
        catch (InputException)
        {
            // It is told where the data is looked for.
            return null;
        }
    }
}
