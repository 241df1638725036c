using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning;

/// <summary>Collects the state of a model by name: scalars, options and vocabularies for the header, arrays for the
/// body.</summary>
/// <remarks>A name stands once in a model or part. A <see cref="ModelReader"/> finds what was written under the same
/// name.</remarks>
public sealed class ModelWriter
{
    private readonly JsonObject _scalars = [];
    private readonly JsonArray _arrays;
    private readonly List<byte[]> _bodies;
    private readonly string _prefix;

    internal ModelWriter()
        : this([], [], "")
    {
    }

    private ModelWriter(JsonArray arrays, List<byte[]> bodies, string prefix)
    {
        _arrays = arrays;
        _bodies = bodies;
        _prefix = prefix;
    }

    /// <summary>The options of the learner or mitigation.</summary>
    public void WriteOptions(OptionsRecord options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _scalars.Add("options", JsonSerializer.SerializeToNode(options, options.GetType(), ModelFile.Json));
    }

    /// <summary>A number; finite.</summary>
    public void Write(string name, double value) => _scalars.Add(name, value);

    /// <summary>A vocabulary.</summary>
    public void Write(string name, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _scalars.Add(name, new JsonArray([.. vocabulary.Values.Select(v => JsonValue.Create(v))]));
    }

    /// <summary>JSON of the writer's own.</summary>
    /// <param name="name">Name under which it is read again.</param>
    /// <param name="json">The JSON.</param>
    public void Write(string name, JsonObject json) => _scalars.Add(name, json);

    /// <summary>An array of float, double, int or byte.</summary>
    /// <typeparam name="T">Type of its elements.</typeparam>
    /// <param name="name">Name of the array.</param>
    /// <param name="values">Its elements; they are copied.</param>
    /// <exception cref="NotSupportedException">The elements are of another type.</exception>
    public void Write<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        _arrays.Add(new JsonObject
        {
            ["name"] = _prefix + name,
            ["type"] = ModelFile.TypeName<T>(),
            ["length"] = values.Length,
        });
        _bodies.Add(MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>A model within this one.</summary>
    public void Write(string name, Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        WritePart(name, model.FormatName, model.Write);
    }

    /// <summary>A part with names of its own.</summary>
    /// <param name="name">Name of the part.</param>
    /// <param name="kind">The name under which its reader is known.</param>
    /// <param name="write">Writes the part.</param>
    public void WritePart(string name, string kind, Action<ModelWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var part = new ModelWriter(_arrays, _bodies, $"{_prefix}{name}/");
        write(part);
        _scalars.Add(name, new JsonObject { ["kind"] = kind, ["state"] = part._scalars });
    }

    /// <summary>The header as UTF-8 JSON.</summary>
    internal byte[] Header(string learnerName)
    {
        var header = new JsonObject
        {
            ["learner"] = learnerName,
            ["state"] = _scalars.DeepClone(),
            ["arrays"] = _arrays.DeepClone(),
        };
        return JsonSerializer.SerializeToUtf8Bytes(header, ModelFile.Json);
    }

    /// <summary>The arrays, in the order in which the header lists them.</summary>
    internal IReadOnlyList<byte[]> Bodies => _bodies;
}
