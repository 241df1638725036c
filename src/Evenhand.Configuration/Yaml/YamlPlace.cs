namespace Evenhand.Configuration.Yaml;

/// <summary>Where something was written.</summary>
/// <remarks>
/// A public property of this type on a record receives the place of the record's mapping; it is not a key.
/// </remarks>
/// <param name="File">The file, as the user named it, or what stands for one, such as <c>--set seed=3</c>.</param>
/// <param name="Line">Line, from 1; 0 where there are no lines.</param>
/// <param name="Column">Column, from 1; 0 where there are no lines.</param>
public readonly record struct YamlPlace(string File, long Line, long Column)
{
    /// <summary><c>file(line,column)</c>, or the file alone where there are no lines.</summary>
    public override string ToString() => Line == 0 ? File : $"{File}({Line},{Column})";
}
