using System.Reflection;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Identity.Lexicons;

/// <summary>Reads lexicons of identity terms from YAML.</summary>
public static class LexiconFile
{
    /// <summary>The language of a lexicon that comes with the program, unless another is asked for.</summary>
    public const string DefaultLanguage = "en";

    /// <summary>Most groups that a lexicon may have.</summary>
    public const int MaximumGroups = 64;

    private const string ResourcePrefix = "Evenhand.Data.Lexicons.";

    /// <summary>Names of the lexicons that come with the program.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Resources().Select(resource => resource.Name).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The languages of a lexicon that comes with the program, by their ISO 639-1 codes; none for an unknown
    /// name.</summary>
    public static IReadOnlyList<string> LanguagesOf(string name) =>
        [.. Resources().Where(resource => resource.Name == name).Select(resource => resource.Language).Order()];

    /// <summary>Whether a name is the path of a file (<c>.yaml</c> or <c>.yml</c>), not that of a lexicon that comes
    /// with the program.</summary>
    public static bool IsPath(string name) => DataCatalogue.IsYamlFile(name);

    /// <summary>A lexicon that comes with the program.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="language">One of <see cref="LanguagesOf"/>.</param>
    /// <exception cref="InputException">There is none of that name or language.</exception>
    public static IdentityLexicon Get(string name, string language = DefaultLanguage)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (LanguagesOf(name) is not { Count: > 0 } languages)
        {
            throw new InputException(
                $"There is no lexicon '{name}'.{NearestName.Hint(name, Names)} A lexicon of your own is named by its "
                + "path, such as ./my-terms.yaml.");
        }

        if (!languages.Contains(language))
        {
            throw new InputException(
                $"The lexicon '{name}' has no language '{language}'. Valid: {string.Join(", ", languages)}.");
        }

        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"{ResourcePrefix}{name}.{language}.yaml")!);
        return Parse($"{name}.{language}.yaml", reader.ReadToEnd());
    }

    /// <summary>Reads a lexicon of the user's own.</summary>
    /// <exception cref="InputException">The file cannot be read or is not valid: every mistake is named with line and
    /// column.</exception>
    public static IdentityLexicon Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.Exists(path)
            ? Parse(path, InputFile.ReadText(path))
            : throw new InputException($"{path}: there is no such lexicon.");
    }

    /// <summary>A lexicon from text.</summary>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="text">The YAML.</param>
    /// <exception cref="InputException">It is not valid: every mistake is named with line and column.</exception>
    public static IdentityLexicon Parse(string file, string text)
    {
        var problems = new YamlProblems();
        var root = YamlReader.Read(file, text, problems);
        var descriptor = root is null ? null : YamlBinder.Bind<LexiconDescriptor>(root, problems);
        problems.ThrowIfAny();
        LexiconChecks.Check(root!, problems);
        problems.ThrowIfAny();

        // In the order of the file, which a dictionary does not promise.
        return new IdentityLexicon(descriptor!, [.. root!.Find("groups")!.Value.Entries.Select(group => group.Key)]);
    }

    private static IEnumerable<(string Name, string Language)> Resources() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(resource => resource.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(resource => resource[ResourcePrefix.Length..].Split('.'))
            .Select(parts => (parts[0], parts[1]));
}
