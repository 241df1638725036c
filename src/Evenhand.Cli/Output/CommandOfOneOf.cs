using System.CommandLine;

namespace Evenhand.Cli.Output;

/// <summary>A command that needs one of several options; its usage shows them as a choice.</summary>
internal sealed class CommandOfOneOf : Command
{
    /// <summary>A command that is refused where none of the options is given.</summary>
    public CommandOfOneOf(string name, string description, params Option[] oneOf)
        : base(name, description)
    {
        OneOf = oneOf;
        Validators.Add(result =>
        {
            if (Array.TrueForAll(oneOf, option => result.GetResult(option) is null or { Implicit: true }))
            {
                result.AddError($"'{name}' needs {string.Join(" or ", oneOf.Select(option => option.Name))}.");
            }
        });
    }

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> OneOf { get; }
}
