namespace Evenhand.Learning;

/// <summary>Marks a text option of a mitigation as the path of a file, which must be given. In an experiment file the
/// path is relative to that file.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilePathAttribute : Attribute;
