using System.Text.RegularExpressions;
using Evenhand.Configuration;

namespace Evenhand.Tuning.Storage;

/// <summary>Where studies are kept: the path of a folder, or <c>SCHEME:REST</c>, of which the scheme names a
/// storage.</summary>
/// <remarks>A scheme has two characters or more, so that <c>C:\studies</c> is a path; so is whatever has a slash before
/// its first colon.</remarks>
public sealed partial record StorageAddress
{
    /// <summary>The scheme of an address that is a path.</summary>
    public const string FolderScheme = "folder";

    private StorageAddress(string text, string scheme, string rest) => (Text, Scheme, Rest) = (text, scheme, rest);

    /// <summary>The whole address, as it was given; it may hold a password.</summary>
    public string Text { get; }

    /// <summary>Names the storage, a <see cref="StorageDescriptor"/>.</summary>
    /// <value><see cref="FolderScheme"/></value>
    public string Scheme { get; }

    /// <summary>What stands behind <c>SCHEME:</c> or <c>SCHEME://</c>; of a path the whole.</summary>
    public string Rest { get; }

    /// <summary>Takes an address apart.</summary>
    /// <param name="text">The address.</param>
    /// <exception cref="InputException">It is empty.</exception>
    public static StorageAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InputException("The store has no name; --store names a folder, or SCHEME:REST.");
        }

        return Form().Match(text) is { Success: true } match
            ? new StorageAddress(text, match.Groups["scheme"].Value, match.Groups["rest"].Value)
            : new StorageAddress(text, FolderScheme, text);
    }

    /// <summary>The address for messages: a password is left out.</summary>
    public override string ToString() => Password().Replace(Text, "***");

    [GeneratedRegex(@"\A(?<scheme>[A-Za-z][A-Za-z0-9+.-]+):(//)?(?<rest>.*)\z", RegexOptions.Singleline)]
    private static partial Regex Form();

    // Of SCHEME://USER:PASSWORD@HOST.
    [GeneratedRegex("(?<=\\A[^:/]+://[^/@:]*:)[^/]*(?=@)")]
    private static partial Regex Password();
}
