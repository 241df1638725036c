using System.Text;

namespace Evenhand.Experiments.Reports;

/// <summary>A report as GitHub-flavoured Markdown. Figures have no such form and are left out.</summary>
public static class ReportMarkdown
{
    /// <summary>The text, its lines ended by LF.</summary>
    public static string Write(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder($"# {Inline(report.Title)}\n");
        foreach (var section in report.Sections.Where(section => section is not FigureSection))
        {
            text.Append('\n');
            if (section.Title.Length > 0)
            {
                text.Append("## ").Append(Inline(section.Title)).Append("\n\n");
            }

            text.Append(section switch
            {
                TableSection table => table.Table.ToMarkdown(),
                TextSection words => string.Join("\n", words.Paragraphs.Select(words => $"{Inline(words)}\n")),
                _ => throw new InvalidOperationException($"No Markdown for {section.GetType().Name}."),
            });
        }

        return text.ToString();
    }

    // Plain text stays plain: what Markdown would read as markup is escaped.
    private static string Inline(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings(" "))
        {
            escaped.Append(character is '\\' or '`' or '*' or '_' or '<' or '[' or ']' or '|' or '#' ? "\\" : "");
            escaped.Append(character);
        }

        return escaped.ToString();
    }
}
