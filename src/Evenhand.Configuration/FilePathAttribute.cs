namespace Evenhand.Configuration;

/// <summary>Marks a text option of a learner or a mitigation as the path of a file or folder. In an experiment file the
/// path is relative to that file; what it leads to is part of what a study remembers its data by.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilePathAttribute : Attribute
{
    /// <summary>Whether the option may be left out, or be empty.</summary>
    /// <value>false</value>
    public bool Optional { get; init; }

    /// <summary>Whether it is a folder, of which all files count.</summary>
    /// <value>false</value>
    public bool Folder { get; init; }
}
