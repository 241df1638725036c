using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Experiments.Files;

/// <summary>Puts a value in the place of one of the experiment file's: <c>--set budget.trials=5</c>.</summary>
/// <remarks>
/// A path is the keys from the root, joined by dots; an entry of a list is named by its position from 0, or by its
/// name: <c>learners.0.bias.userDamping</c> and <c>learners.bias.userDamping</c> are the same. Keys that are not there
/// are added; a learner that is only named gets options. The value is YAML, so that
/// <c>lambda={ float: [0.01, 0.1] }</c> works.
/// </remarks>
internal static class ExperimentOverride
{
    /// <summary>The tree with one value replaced; problems name the override.</summary>
    public static YamlElement Apply(YamlElement root, KeyValuePair<string, string> change, YamlProblems problems)
    {
        var source = $"--set {change.Key}={change.Value}";
        var place = new YamlPlace(source, 0, 0);
        var path = change.Key.Split('.');
        if (path.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add(place, "a path is keys joined by dots, such as budget.trials");
            return root;
        }

        var value = YamlReader.ReadFragment(source, change.Value, change.Key, problems);
        return value is null ? root : Replace(root, path, value, place, problems);
    }

    private static YamlElement Replace(
        YamlElement element, ReadOnlySpan<string> path, YamlElement value, YamlPlace place, YamlProblems problems)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        return element.Kind switch
        {
            YamlKind.List => ReplaceItem(element, path, value, place, problems),

            // `- bias` is short for `- bias: {}`.
            YamlKind.Scalar when element.Text == path[0] && path.Length > 1 =>
                ReplaceEntry(YamlElement.Mapping(element.Place, element.Path, []), path, value, place, problems),
            YamlKind.Mapping => ReplaceEntry(element, path, value, place, problems),
            YamlKind.Null => ReplaceEntry(
                YamlElement.Mapping(place, element.Path, []), path, value, place, problems),
            _ => Refuse(
                element, place, $"'{element.Path}' is {element.Describe()}, which has no part '{path[0]}'", problems),
        };
    }

    private static YamlElement ReplaceEntry(
        YamlElement mapping, ReadOnlySpan<string> path, YamlElement value, YamlPlace place, YamlProblems problems)
    {
        var entries = mapping.Entries.ToList();
        var key = path[0];
        var index = entries.FindIndex(entry => entry.Key == key);
        var old = index >= 0
            ? entries[index].Value
            : YamlElement.Scalar(place, YamlElement.ChildPath(mapping.Path, key), "", quoted: false);
        var entry = new YamlEntry(key, place, Replace(old, path[1..], value, place, problems));
        if (index >= 0)
        {
            entries[index] = entry;
        }
        else
        {
            entries.Add(entry);
        }

        return YamlElement.Mapping(mapping.Place, mapping.Path, entries);
    }

    private static YamlElement ReplaceItem(
        YamlElement list, ReadOnlySpan<string> path, YamlElement value, YamlPlace place, YamlProblems problems)
    {
        var items = list.Items.ToList();
        var name = path[0];
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            index = items.FindIndex(
                item => item.Find(name) is not null || (item.Kind == YamlKind.Scalar && item.Text == name));
            if (index < 0)
            {
                var names = items.SelectMany(item => item.Entries.Select(e => e.Key).Append(item.Text));
                var hint = NearestName.Hint(name, [.. names.Where(n => n.Length > 0).Distinct()]);
                return Refuse(list, place, $"'{list.Path}' has no entry '{name}'.{hint}", problems);
            }

            items[index] = Replace(items[index], path, value, place, problems);
        }
        else if (index < items.Count)
        {
            items[index] = Replace(items[index], path[1..], value, place, problems);
        }
        else
        {
            return Refuse(list, place, $"'{list.Path}' has {items.Count} entries, counted from 0", problems);
        }

        return YamlElement.List(list.Place, list.Path, items);
    }

    private static YamlElement Refuse(YamlElement element, YamlPlace place, string message, YamlProblems problems)
    {
        problems.Add(place, message);
        return element;
    }
}
