namespace Evenhand.Tokenization.Tests;

/// <summary>A folder for the files of a tokenizer, deleted at the end.</summary>
internal sealed class TokenizerFiles : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("evenhand-tokenizer").FullName;

    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
