namespace Evenhand.Experiments.Files;

/// <summary>The key under which users know a type, where its own name says something else.</summary>
/// <param name="title">The title of its section in the reference.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SectionTitleAttribute(string title) : Attribute
{
    /// <summary>The title of its section in the reference.</summary>
    public string Title { get; } = title;
}
