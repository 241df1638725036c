using System.Text.RegularExpressions;

namespace Evenhand.Tuning.Artifacts;

/// <summary>Names of artifacts: parts of letters, digits, full stops, hyphens and underscores, with a slash between two
/// parts. They are paths everywhere and lead nowhere else: no part is <c>.</c> or <c>..</c>.</summary>
public static partial class ArtifactName
{
    /// <summary>Checks a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsName(name) ? name : throw new ArgumentException($"'{name}' is no name of an artifact.");
    }

    /// <summary>Whether a text is a name.</summary>
    /// <param name="text">The text.</param>
    public static bool IsName(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"\A(?!\.{1,2}(/|\z))[A-Za-z0-9._-]+(/(?!\.{1,2}(/|\z))[A-Za-z0-9._-]+)*\z")]
    private static partial Regex Form();
}
