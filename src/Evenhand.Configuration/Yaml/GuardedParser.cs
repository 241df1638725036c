using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Evenhand.Configuration.Yaml;

/// <summary>Turns the exceptions that the parser lets escape on odd text into the kind that carries a place.</summary>
internal sealed class GuardedParser(IParser parser) : IParser
{
    /// <inheritdoc/>
    public ParsingEvent? Current => parser.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is not YamlException)
        {
            var place = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(
                place,
                place,
                "What follows cannot be understood; perhaps a bracket or a quotation mark is left open.",
                e);
        }
    }
}
