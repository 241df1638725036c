using Evenhand.Configuration;

namespace Evenhand.Learning;

/// <summary>How a model is read that no learner has fitted by itself, such as one around another model.</summary>
/// <param name="Name">The model's <see cref="Model.FormatName"/>.</param>
/// <param name="Read">Reads what the model wrote.</param>
public sealed record ModelFormat(string Name, Func<ModelReader, Model> Read) : IRegistryEntry
{
    /// <inheritdoc/>
    public static string Kind => "model format";
}
