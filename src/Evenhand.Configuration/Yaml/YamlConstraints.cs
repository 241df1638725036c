namespace Evenhand.Configuration.Yaml;

/// <summary>Checks a bound value against the annotations of its property.</summary>
internal static class YamlConstraints
{
    /// <summary>Adds problems where the value is outside the key's range, too short or of the wrong form.</summary>
    public static void Check(YamlKey key, object? value, YamlElement element, YamlProblems problems)
    {
        if (value is null)
        {
            return;
        }

        var plain = key.Shape.Kind == YamlShapeKind.Located
            ? key.Shape.Type.GetProperty(nameof(Located<>.Value))!.GetValue(value)!
            : value;
        if (key.Rules.OutOfRange(plain, YamlScalars.Number) is { } range)
        {
            problems.Add(element, $"{range}, found {element.Text}");
        }

        if (key.Rules.TooShort(plain, Length(element)) is { } minimum)
        {
            problems.Add(element, minimum);
        }

        if (key.Rules.Misformed(plain) is { } form)
        {
            problems.Add(element, $"{form}, found '{plain}'");
        }
    }

    // As written: an entry that could not be read is not a missing one.
    private static int Length(YamlElement element) => element.Kind switch
    {
        YamlKind.List => element.Items.Count,
        YamlKind.Mapping => element.Entries.Count,
        _ => element.Text.Length,
    };
}
