using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Evenhand.Configuration;

/// <summary>The name that an option had before it became part of a record of options: then it stood beside that
/// record. Files that use it are told the new one; what was written by earlier versions is still read.</summary>
/// <param name="name">The name, in camelCase.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormerNameAttribute(string name) : Attribute
{
    /// <summary>The name, in camelCase.</summary>
    public string Name { get; } = name;

    /// <summary>Puts options that are written under former names where they belong now.</summary>
    /// <param name="options">The written options.</param>
    /// <param name="type">Their record.</param>
    public static void Move(JsonObject options, Type type)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(type);
        foreach (var record in type.GetProperties().Where(p => p.PropertyType.IsAssignableTo(typeof(OptionsRecord))))
        {
            var moved = new JsonObject();
            foreach (var property in record.PropertyType.GetProperties())
            {
                // A record may have the name of an option that became part of it.
                if (property.GetCustomAttribute<FormerNameAttribute>() is { Name: var former }
                    && options[former] is { } value and not JsonObject)
                {
                    options.Remove(former);
                    moved[Key(property)] = value;
                }
            }

            if (moved.Count > 0)
            {
                options[Key(record)] = moved;
            }
        }
    }

    private static string Key(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
