using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Identity;
using Evenhand.Data.Identity.Lexicons;

namespace Evenhand.Experiments.Files;

/// <summary>
/// Groups by what the text of a row mentions: the name of a lexicon, or a lexicon with its language or a name for the
/// attribute. A text can mention several groups, or none. The attribute is named after the lexicon, with
/// <c>-terms</c> behind it: <c>gender-terms</c>.
/// </summary>
[ShortForm(NameKind.Lexicon)]
public sealed record IdentityEntry : IYamlBound<IdentityEntry>
{
    private const string Suffix = "-terms";

    /// <summary>A lexicon that comes with the program (<c>age</c>, <c>gender</c>, <c>nationality</c>), or the path of
    /// one of your own (<c>./my-terms.yaml</c>), relative to the experiment file.</summary>
    public required Located<string> Lexicon { get; init; }

    /// <summary>Language of a lexicon that comes with the program: <c>en</c> or <c>zh</c>.</summary>
    /// <value>en</value>
    public Located<string>? Language { get; init; }

    /// <summary>Name of the attribute, for objectives and reports.</summary>
    /// <value>the lexicon's, with -terms</value>
    public string? Name { get; init; }

    /// <summary>Whether the lexicon is a file of the user's own.</summary>
    public bool IsFile => LexiconFile.IsPath(Lexicon.Value);

    /// <summary>Name of the attribute, as groups are named elsewhere.</summary>
    public Located<string> Attribute => new(Name ?? StandardName(Lexicon.Value), Lexicon.Place);

    /// <inheritdoc/>
    public static IdentityEntry? FromYaml(YamlElement element, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(element);
        return element.Kind == YamlKind.Scalar
            ? new IdentityEntry { Lexicon = new Located<string>(element.Text, element.Place) }
            : YamlBinder.BindRecord<IdentityEntry>(element, problems);
    }

    /// <summary>The terms.</summary>
    /// <param name="resolve">Makes a full path of one that is relative to the experiment file.</param>
    /// <exception cref="InputException">There is no such lexicon, or it is not valid.</exception>
    internal IdentityLexicon Read(Func<string, string> resolve) => IsFile
        ? LexiconFile.Read(resolve(Lexicon.Value))
        : LexiconFile.Get(Lexicon.Value, Language?.Value ?? LexiconFile.DefaultLanguage);

    /// <summary>Name of the attribute of a lexicon that is given no other.</summary>
    internal static string StandardName(string lexicon)
    {
        var name = LexiconFile.IsPath(lexicon) ? Path.GetFileNameWithoutExtension(lexicon) : lexicon;
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name : name + Suffix;
    }
}
