using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Collects the state of a model by name: scalars, options and vocabularies for the header, arrays for the
/// body.</summary>
internal sealed class ModelWriter
{
    private readonly JsonObject _scalars = [];
    private readonly JsonArray _arrays = [];
    private readonly List<byte[]> _bodies = [];

    public void WriteOptions(OptionsRecord options) =>
        _scalars.Add("options", JsonSerializer.SerializeToNode(options, options.GetType(), ModelFile.Json));

    public void Write(string name, double value) => _scalars.Add(name, value);

    public void Write(string name, Vocabulary vocabulary) =>
        _scalars.Add(name, new JsonArray([.. vocabulary.Values.Select(v => JsonValue.Create(v))]));

    public void Write<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        _arrays.Add(new JsonObject
        {
            ["name"] = name,
            ["type"] = ModelFile.TypeName<T>(),
            ["length"] = values.Length,
        });
        _bodies.Add(MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>Writes a model within the model: its state under the name, its arrays as <c>name/array</c>.</summary>
    public void Write(string name, Model model)
    {
        var inner = new ModelWriter();
        model.Write(inner);
        _scalars.Add(name, new JsonObject { ["learner"] = model.LearnerName, ["state"] = inner._scalars });
        foreach (var array in inner._arrays)
        {
            var own = array!.DeepClone().AsObject();
            own["name"] = $"{name}/{(string)array["name"]!}";
            _arrays.Add(own);
        }

        _bodies.AddRange(inner._bodies);
    }

    /// <summary>The header as UTF-8 JSON.</summary>
    public byte[] Header(string learnerName)
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
    public IReadOnlyList<byte[]> Bodies => _bodies;
}
