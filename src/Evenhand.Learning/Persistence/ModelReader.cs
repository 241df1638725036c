using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Hands out what a <see cref="ModelWriter"/> wrote, by the same names.</summary>
internal sealed class ModelReader
{
    private readonly string _path;
    private readonly JsonObject _state;
    private readonly Dictionary<string, (string Type, byte[] Body)> _arrays;

    public ModelReader(string path, JsonObject state, Dictionary<string, (string Type, byte[] Body)> arrays)
    {
        _path = path;
        _state = state;
        _arrays = arrays;
    }

    public TOptions ReadOptions<TOptions>()
        where TOptions : OptionsRecord
    {
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

    public double ReadDouble(string name) => Read<double>(name) is var value && double.IsFinite(value)
        ? value
        : throw ModelFile.Invalid(_path, $"'{name}' in its header is not a finite number");

    public Vocabulary ReadVocabulary(string name) => new(Read<string[]>(name));

    /// <param name="name">Name of the array.</param>
    /// <param name="length">Number of elements that the rest of the state calls for; null where any will do.</param>
    public T[] ReadArray<T>(string name, int? length = null)
        where T : unmanaged
    {
        if (!_arrays.TryGetValue(name, out var array) || array.Type != ModelFile.TypeName<T>())
        {
            throw ModelFile.Invalid(_path, $"it has no array '{name}' of type {ModelFile.TypeName<T>()}");
        }

        var values = MemoryMarshal.Cast<byte, T>(array.Body).ToArray();
        return length is null || values.Length == length
            ? values
            : throw ModelFile.Invalid(_path, $"array '{name}' holds {values.Length} elements where {length} belong");
    }

    /// <summary>Reads a model within the model.</summary>
    public TModel ReadModel<TModel>(string name)
        where TModel : Model
    {
        var inner = Read<JsonObject>(name);
        var learner = (string?)inner["learner"]
            ?? throw ModelFile.Invalid(_path, $"'{name}' in its header names no learner");
        var state = inner["state"]?.AsObject()
            ?? throw ModelFile.Invalid(_path, $"'{name}' in its header has no state");
        var prefix = $"{name}/";
        var arrays = _arrays.Where(array => array.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(array => array.Key[prefix.Length..], array => array.Value, StringComparer.Ordinal);
        return ModelFile.Read(learner, new ModelReader(_path, state, arrays), _path) as TModel
            ?? throw ModelFile.Invalid(_path, $"'{name}' is no {typeof(TModel).Name}");
    }

    private T Read<T>(string name) => _state[name] is { } node && node.Deserialize<T>(ModelFile.Json) is { } value
        ? value
        : throw ModelFile.Invalid(_path, $"its header lacks '{name}'");
}
