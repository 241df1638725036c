namespace Evenhand.Notebooks.Tests;

/// <summary>What a .NET kernel offers to cells without a using: the names and shapes of .NET Interactive's
/// functions.</summary>
public sealed class NotebookHost
{
    /// <summary>What was shown, in order.</summary>
    public List<object> Shown { get; } = [];

#pragma warning disable IDE1006, CA1707 // The kernel's own spelling.
    /// <summary>Shows a value, as the given media types where there are any.</summary>
    public object display(object value, params string[] mimeTypes)
    {
        Shown.Add(value);
        return (value, mimeTypes);
    }

    /// <summary>Text that is shown as HTML.</summary>
    public object HTML(string content) => content;
#pragma warning restore IDE1006, CA1707
}
