using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning;

/// <summary>Hands out what a <see cref="ModelWriter"/> wrote, by the same names.</summary>
/// <remarks>What is missing, or is not what it is asked for as, is an <see cref="InputException"/> that names the file;
/// so becomes any <see cref="ArgumentException"/> or <see cref="InvalidOperationException"/> that a model throws as it
/// is read. Files may have been changed: a model checks that codes, and lengths of arrays, fit each other.</remarks>
public sealed class ModelReader
{
    private readonly string _path;
    private readonly JsonObject _state;
    private readonly Dictionary<string, (string Type, byte[] Body)> _arrays;
    private readonly string _prefix;

    internal ModelReader(
        string path,
        JsonObject state,
        Dictionary<string, (string Type, byte[] Body)> arrays,
        Registry registry,
        string prefix = "")
    {
        Registry = registry;
        _path = path;
        _state = state;
        _arrays = arrays;
        _prefix = prefix;
    }

    /// <summary>Knows the learners of models within this one.</summary>
    public Registry Registry { get; }

    /// <summary>The options of the learner, checked.</summary>
    /// <typeparam name="TOptions">Their record.</typeparam>
    /// <exception cref="InputException">They are missing, or a value is not allowed.</exception>
    public TOptions ReadOptions<TOptions>()
        where TOptions : OptionsRecord
    {
        if (_state["options"] is JsonObject written)
        {
            FormerNameAttribute.Move(written, typeof(TOptions));
        }

        var options = Read<TOptions>("options");
        try
        {
            options.Validate();
            return options;
        }
        catch (InputException e)
        {
            throw ModelFile.Invalid(_path, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>Whether something of that name was written to the header.</summary>
    public bool Has(string name) => _state.ContainsKey(name);

    /// <summary>A finite number.</summary>
    /// <exception cref="InputException">It is missing or not finite.</exception>
    public double ReadDouble(string name) => Read<double>(name) is var value && double.IsFinite(value)
        ? value
        : throw ModelFile.Invalid(_path, $"'{name}' in its header is not a finite number");

    /// <summary>The values of a vocabulary, in the order of their codes.</summary>
    /// <exception cref="InputException">It is missing, or a value is null.</exception>
    public Vocabulary ReadVocabulary(string name)
    {
        var names = Read<string?[]>(name);
        return Array.IndexOf(names, null) < 0
            ? new Vocabulary(names!)
            : throw ModelFile.Invalid(_path, $"'{name}' in its header has a name that is null");
    }

    /// <summary>JSON of the writer's own, with the place where it stands.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public JsonPlace ReadJson(string name) => new(_path, name, Read<JsonElement>(name));

    /// <summary>An array of float, double, int or byte.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="name">Name of the array.</param>
    /// <param name="length">Number of elements that the rest of the state calls for; null where any will do.</param>
    /// <exception cref="InputException">There is none of that name and type, or its length is another.</exception>
    public T[] ReadArray<T>(string name, int? length = null)
        where T : unmanaged
    {
        if (!_arrays.TryGetValue(_prefix + name, out var array) || array.Type != ModelFile.TypeName<T>())
        {
            throw ModelFile.Invalid(_path, $"it has no array '{name}' of type {ModelFile.TypeName<T>()}");
        }

        var values = MemoryMarshal.Cast<byte, T>(array.Body).ToArray();
        return length is null || values.Length == length
            ? values
            : throw ModelFile.Invalid(_path, $"array '{name}' holds {values.Length} elements where {length} belong");
    }

    /// <summary>A model within this one.</summary>
    /// <typeparam name="TModel">Its type.</typeparam>
    /// <param name="name">Name under which it was written.</param>
    /// <exception cref="InputException">It is missing or of another type.</exception>
    public TModel ReadModel<TModel>(string name)
        where TModel : Model
    {
        var part = ReadPart(name, out var kind);
        return ModelFile.ReadModel(_path, kind, part) as TModel
            ?? throw ModelFile.Invalid(_path, $"'{name}' is no {typeof(TModel).Name}");
    }

    /// <summary>A part with names of its own.</summary>
    /// <param name="name">Name of the part.</param>
    /// <param name="kind">What it is a part of: the name under which its reader is known.</param>
    /// <exception cref="InputException">It is missing.</exception>
    public ModelReader ReadPart(string name, out string kind)
    {
        var part = _state[name]?.AsObject() ?? throw ModelFile.Invalid(_path, $"its header lacks '{name}'");
        kind = (string?)part["kind"] ?? throw ModelFile.Invalid(_path, $"'{name}' in its header has no kind");
        var state = part["state"]?.AsObject()
            ?? throw ModelFile.Invalid(_path, $"'{name}' in its header has no state");
        return new ModelReader(_path, state, _arrays, Registry, $"{_prefix}{name}/");
    }

    private T Read<T>(string name) => _state[name] is { } node && node.Deserialize<T>(ModelFile.Json) is { } value
        ? value
        : throw ModelFile.Invalid(_path, $"its header lacks '{name}'");
}
