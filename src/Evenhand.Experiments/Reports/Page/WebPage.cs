using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Evenhand.Experiments.Reports.Page;

/// <summary>What the pages that Evenhand writes have in common: one file each, which fetches nothing and runs nothing
/// but its own scripts.</summary>
internal static class WebPage
{
    private const string Style =
        ":root { color-scheme: light dark; font-family: system-ui, sans-serif; overflow-wrap: anywhere; } "
        + "body { margin: min(2em, 4vw); }";

    /// <summary>A page of one heading and a body.</summary>
    /// <param name="title">Title and heading, any text.</param>
    /// <param name="body">HTML.</param>
    /// <param name="style">CSS beside that of every page.</param>
    /// <param name="script">A script that runs when all else is there; none where it is empty.</param>
    public static string Document(string title, string body, string style = "", string script = "")
    {
        string[] scripts = script.Length == 0 ? [] : [script];
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{{Policy(scripts)}}">
            <title>{{Encode(title)}}</title>
            <style>{{Style}}{{style}}</style>
            </head>
            <body>
            <h1>{{Encode(title)}}</h1>
            {{body}}{{string.Concat(scripts.Select(text => $"<script>{text}</script>\n"))}}</body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>A Content-Security-Policy under which the page's own scripts run, and no others, whatever the texts in
    /// it contain; and nothing is fetched.</summary>
    /// <param name="scripts">The contents of the script elements, to the letter.</param>
    public static string Policy(params string[] scripts)
    {
        var hashes = scripts.Select(script => SHA256.HashData(Encoding.UTF8.GetBytes(script)))
            .Select(hash => $"'sha256-{Convert.ToBase64String(hash)}'").DefaultIfEmpty("'none'");
        return $"default-src 'none'; script-src {string.Join(' ', hashes)}; style-src 'unsafe-inline'; "
            + "img-src data: blob:; base-uri 'none'; form-action 'none'";
    }

    /// <summary>Any text as the content of an element or of an attribute in double quotes.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A file that is kept in the assembly, with line ends of one character.</summary>
    public static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
