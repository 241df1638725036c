using System.CommandLine;
using Evenhand.Configuration;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Descriptors;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Predicting;
using Evenhand.Experiments.Studies;

namespace Evenhand.Cli.Commands;

/// <summary>The options that say how a file is written, named as the keys of a descriptor's format are.</summary>
internal sealed class FormOptions
{
    private readonly Option<string?> _delimiter = Text("--delimiter", "Between two fields: ';', tab.", "TEXT");
    private readonly Option<string?> _encoding = Text("--encoding", "Encoding: utf-8 or iso-8859-1.", "NAME");
    private readonly Option<string?> _decimal = Text("--decimal", "Decimal sign: a full stop or a comma.", "SIGN");
    private readonly Option<string?> _comment = Text("--comment", "Character that starts a line to pass over.", "CHAR");
    private readonly Option<string?> _like;
    private readonly StoreOptions _store;
    private readonly Option<bool?> _quotes = new("--quotes")
    {
        Description = "Whether a field may be quoted with \".",
        HelpName = "true|false",
    };

    private readonly Option<bool?> _trim = new("--trim")
    {
        Description = "Whether blanks around fields are removed.",
        HelpName = "true|false",
    };

    private readonly Option<string[]> _missing = new("--missing")
    {
        Description = "Values that stand for a missing one, separated by commas.",
        HelpName = "VALUE[,VALUE]",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The options of a command.</summary>
    /// <param name="command">Gets them.</param>
    /// <param name="otherwise">What holds where nothing is said.</param>
    /// <param name="store">Where the studies are, for --like.</param>
    public FormOptions(Command command, string otherwise, StoreOptions store)
    {
        _store = store;
        _like = Text(
            "--like",
            $"The file is written as the data of a study or a descriptor; {otherwise}.",
            "STUDY|DESCRIPTOR");
        foreach (var option in new Option[]
            { _delimiter, _encoding, _decimal, _quotes, _missing, _trim, _comment, _like })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the command line says of the form.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="InputException">--like names nothing that has a form.</exception>
    public InputForm Read(ParseResult parsed) => new()
    {
        Delimiter = parsed.GetValue(_delimiter),
        Encoding = parsed.GetValue(_encoding),
        Decimal = parsed.GetValue(_decimal),
        Quotes = parsed.GetValue(_quotes),
        Missing = parsed.GetResult(_missing) is { Implicit: false }
            ? SharedOptions.Names(parsed.GetValue(_missing) ?? [])
            : null,
        Trim = parsed.GetValue(_trim),
        Comment = parsed.GetValue(_comment),
        Like = parsed.GetValue(_like) is { } like ? Like(like, parsed) : null,
    };

    private TableFormat Like(string name, ParseResult parsed)
    {
        if (DataCatalogue.IsDescriptorFile(name) || FindStudy(name, parsed) is not { } plan)
        {
            return DataCatalogue.Default.Resolve(name).Rows.Format;
        }

        return plan.Source.Descriptor?.Rows.Format ?? throw new InputException(
            $"--like {name}: the data of that study is simulated, so there is no file whose form could be taken.");
    }

    private ExperimentPlan? FindStudy(string name, ParseResult parsed)
    {
        using var library = _store.TryOpen(parsed);
        return library?.TryFind(name) is { } record
            ? ExperimentPlan.Of(StudyDefinition.FromJson(record.Definition), library.Registry)
            : null;
    }

    private static Option<string?> Text(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value };
}
