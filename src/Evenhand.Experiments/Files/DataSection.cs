using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Reading;
using Evenhand.Data.Simulation;

namespace Evenhand.Experiments.Files;

/// <summary>The data of an experiment: a set of the catalogue, the simulator, or own files.</summary>
[ExactlyOneOf(nameof(Source), nameof(Rows))]
public sealed record DataSection : IOptionsRecord
{
    /// <summary>The value of <see cref="Source"/> that stands for simulated data.</summary>
    public const string SimulatorSource = SimulatedData.Name;

    /// <summary>
    /// A set of the catalogue (<c>evenhand data list</c> names them), <c>simulator</c>, or the path of a data
    /// descriptor (<c>./my-set.yaml</c>, one of its variants: <c>./my-set.yaml#classes</c>), relative to the experiment
    /// file. Own data can be described here instead, from <c>rows</c> on.
    /// </summary>
    /// <value>none; exactly one of source and rows is given</value>
    [Names(NameKind.DataSet)]
    public Located<string>? Source { get; init; }

    /// <summary>The groups by which fairness is measured.</summary>
    /// <value>none</value>
    public GroupsSection Groups { get; init; } = new();

    /// <summary>Groups by what texts mention: terms of gender, age, nationality, or of a lexicon of your own. They are
    /// measured like the groups of <c>groups.row</c>.</summary>
    /// <value>none</value>
    public IReadOnlyList<IdentityEntry> Identity { get; init; } = [];

    /// <summary>What happens to a row that cannot be read: <c>skip</c> leaves it out, counts it and lists it.</summary>
    /// <value>error</value>
    public BadRowPolicy OnBadRow { get; init; } = BadRowPolicy.Error;

    /// <summary>Options of the simulator, with <c>source: simulator</c>.</summary>
    /// <value>the simulator's own</value>
    public SimulatorOptions? Simulator { get; init; }

    /// <summary>Own data: the files, their form and their columns.</summary>
    /// <value>none</value>
    public TableDescriptor? Rows { get; init; }

    /// <summary>Own data: what is known of the users.</summary>
    /// <value>nothing besides what the rows say</value>
    public TableDescriptor? Users { get; init; }

    /// <summary>Own data: what is known of the items.</summary>
    /// <value>nothing besides what the rows say</value>
    public TableDescriptor? Items { get; init; }

    /// <summary>Own data: which rows are kept.</summary>
    /// <value>all</value>
    public IReadOnlyList<RowFilter>? Filters { get; init; }

    /// <summary>Own data: columns that are computed, in this order.</summary>
    /// <value>none</value>
    public IReadOnlyList<DerivedColumn>? Derive { get; init; }

    /// <summary>The column to predict: of own data, or of a source in the place of its own label.</summary>
    /// <value>that of the source; none of own data</value>
    public LabelDescriptor? Label { get; init; }

    /// <summary>Where the section starts.</summary>
    public YamlPlace Place { get; init; }

    /// <summary>Whether the data is simulated.</summary>
    public bool IsSimulated => Source?.Value == SimulatorSource;

    /// <summary>Whether <see cref="Source"/> is the path of a descriptor.</summary>
    public bool IsDescriptorFile => Source is { Value: var source } && DataCatalogue.IsDescriptorFile(source);

    /// <summary>All attributes by which fairness is measured, with their sides: those of <see cref="Groups"/>, and
    /// those of <see cref="Identity"/>, which belong to rows.</summary>
    public IEnumerable<(GroupSide Side, Located<string> Entry)> DeclaredGroups =>
        [.. Groups.All, .. Identity.Select(entry => (GroupSide.Row, entry.Attribute))];

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Contradictions()
    {
        if (Source is null == Rows is null)
        {
            yield return new OptionProblem(
                "",
                "give exactly one of source (a set of the catalogue, simulator, a descriptor's path) "
                + "and rows (own files)");
        }

        if (Simulator is not null && !IsSimulated)
        {
            yield return new OptionProblem("simulator", "goes with source: simulator");
        }

        foreach (var (name, given) in new (string, bool)[]
        {
            ("users", Users is not null),
            ("items", Items is not null),
            ("filters", Filters is not null),
            ("derive", Derive is not null),
        })
        {
            if (given && Rows is null)
            {
                yield return new OptionProblem(name, "describes own data and goes with rows, not with source");
            }
        }

        if (Label is not null && IsSimulated)
        {
            yield return new OptionProblem("label", "that of simulated data is simulator.label");
        }
    }
}
