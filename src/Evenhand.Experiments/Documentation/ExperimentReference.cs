using System.Reflection;
using System.Text;
using System.Text.Json;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Documentation;

/// <summary>The page <c>docs/experiment-file.md</c>: every key of an experiment file, from the records that files are
/// bound to.</summary>
public sealed class ExperimentReference
{
    private const string Introduction = """
        # The experiment file

        This page is generated from the records that read the file; change their comments, not this page.

        An experiment file says which data to use, which learners to try with which options, and what counts as good.
        It is YAML. Everything in it is checked before anything runs: unknown keys, wrong types, values out of range,
        metrics that do not exist or do not fit the task, groups that the data does not have. Each problem is reported
        with line, column and the nearest valid name.

        ```yaml
        # yaml-language-server: $schema=experiment.schema.json
        name: movielens-fair-ratings
        task: rating-prediction
        data: { source: ml-100k, groups: { user: [gender, age-band] } }
        split: { strategy: random, train: 0.8, validation: 0.1, test: 0.1 }
        learners:
          - matrix-factorization:
              approximationRank: { int: [8, 128], log: true }
              lambda: { float: [0.01, 0.3], log: true }
          - bias
        objective: { minimize: rmse, fairness: { metric: rmse-difference, group: gender, weight: 0.5 } }
        budget: { trials: 60 }
        ```

        The first line tells an editor with a YAML language server where the schema lies (`evenhand schema` prints
        it), for completion and checks while typing. `evenhand validate FILE` checks a file without running it.

        **Form.** Keys are in camelCase, values that are one of several names in kebab-case. Numbers and truth values
        follow YAML 1.2: `1e-3`, `.5`, `true`; `yes` and `no` are text. Durations are `90s`, `5m`, `1h30m`. Anchors,
        aliases and merge keys work. Paths are relative to the folder of the experiment file.

        **Overriding values.** `--set PATH=VALUE` puts a value in the place of the file's. A path is keys joined by
        dots; an entry of a list is named by its position from 0, or by its name. The value is YAML.

            evenhand run quickstart.yaml --set budget.trials=5 --set seed=7
            evenhand run quickstart.yaml --set learners.matrix-factorization.lambda=0.1
            evenhand run quickstart.yaml --set 'learners.1.matrix-factorization.lambda={ float: [0.01, 0.1] }'


        """;

    private const string LearnerForms = """
        An entry of `learners` is the name of a learner, or one name with its options:

        ```yaml
        learners:
          - bias                                    # every option at its default
          - matrix-factorization: search            # every option that has an interval is searched over it
        ```

        ```yaml
        learners:
          - matrix-factorization:
              numberOfIterations: 40                             # fixed
              lambda: search                                     # searched over the option's own interval
              learningRate: { float: [0.005, 0.1], log: true }   # searched from low to high, on the logarithm
              approximationRank: { int: [8, 64], step: 8 }       # 8, 16, 24, ... 64
              biases: { choice: [true, false] }                  # one of these values
        ```

        | form | for | meaning |
        | --- | --- | --- |
        | a value | every option | the same in all trials |
        | `search` | options with an interval; truth values; names | the interval of the table below, or all values |
        | `{ int: [low, high] }` | integers | low to high, both included |
        | `{ float: [low, high] }` | numbers | low to high, both included |
        | `log: true` | with `int` or `float` | searched on the logarithm; low must be above 0 |
        | `step: s` | with `int` or `float` | low, low + s, low + 2s, ...; must divide the interval; not with `log` |
        | `{ choice: [a, b] }` | every option | one of the values |

        Options that belong together are one key, with the same forms in it; `search` as its value searches those of
        them that have an interval. Many options have an effect only where another one has a certain value: there alone
        they are searched and shown. To give one that can have no effect in any trial is an error.

        ```yaml
        learners:
          - transformer:
              fineTuning: { choice: [full, lora] }
              lora: { rank: search, alpha: 16 }                  # part of the trials whose fineTuning is lora
        ```

        With several learners the tuner also chooses the learner. In leaderboards, `show` and storage a searched
        option is the parameter `matrix-factorization.lambda`.

        An ensemble names the learners that it blends, none of them twice, with options of their own; their searched
        options are parameters such as `ensemble.matrix-factorization.lambda`:

        ```yaml
        learners:
          - ensemble:
              holdOut: 0.1
              members:
                - item-knn
                - matrix-factorization: { lambda: search, numberOfIterations: 40 }
        ```

        `distilled` names two, each under its role; they may be of one kind. Searched options are parameters such as
        `distilled.student.l2Regularization`:

        ```yaml
        learners:
          - distilled:
              temperature: 2
              teacher: transformer
              student: { logistic-regression: { l2Regularization: search } }
        ```


        """;

    private const string MitigationForms = """
        ```yaml
        mitigation:
          pre:
            - reweighing: { group: gender, itemGroup: genre, strength: search }
        ```

        In each stage the tuner chooses one entry of the list, or `none`, which is always among the choices. Options
        are fixed or searched as a learner's are. The options `group` and `itemGroup` name attributes of `data.groups`.
        In leaderboards, `show` and storage the choices are the parameters `pre`, `LEARNER.in` and `post`, and a
        searched option is a parameter such as `reweighing.strength`. The leaderboard says which group attributes a
        model needs when it is in use: none, unless a mitigation of the stage `post` reads them.


        """;

    private const string SamplerForms = """
        The name of a sampler, or one name with its options: `sampler: { tpe: { startupTrials: 20 } }`.


        """;

    private const string PrunerForms = """
        The name of a pruner, or one name with its options. After each iteration of a fit (a pass, an epoch, a step of a
        solver) what the objective reads is measured on the validation part, and the pruner says whether the trial is
        worth going on. A pruned trial has no model and no place in the ranking; the leaderboard shows after which step
        it was pruned, and its curves. Learners that find their model at once are never pruned.

        ```yaml
        sampler: tpe
        pruner: { median: { startupTrials: 10, warmupSteps: 3 } }
        ```

        Trials of different learners are compared step by step as if their steps were alike. Where one learner takes
        five iterations and another a hundred, give `warmupSteps`, or search them in studies of their own.

        With `curves: true` and no pruner, trials keep the same curves and all of them run to their end. Each report
        costs about as much as making a model and predicting the validation part once.


        """;

    private const string Examples = """
        ## Objectives by example

        Accuracy with a price on unfairness. The tuner minimizes `rmse + 0.5 * rmse-difference`; weights are in units
        of the accuracy metric, and `scale` says which distance from parity counts as one unit. For metrics where more
        is better the penalty is subtracted; for ratios the distance is that from 1.

        ```yaml
        objective: { minimize: rmse, fairness: { metric: rmse-difference, group: gender, weight: 0.5 } }
        ```

        The most accurate model within limits. The best trial is the best one that keeps every limit; where none does,
        the leaderboard shows the one that misses them least, and says so.

        ```yaml
        objective:
          maximize: accuracy
          constraints:
            - { metric: equal-opportunity-difference, group: age-band, atMost: 0.05 }
            - { metric: demographic-parity-ratio, group: age-band, atLeast: 0.8 }
        ```

        All best trade-offs, without weights.

        ```yaml
        objective: { pareto: [rmse, { metric: rmse-difference, group: gender }] }
        ```

        Groups may be crossings: `groups: { user: [gender, age-band, gender*age-band] }` measures each attribute and
        their combinations. Attributes of users and items are crossed under `row`: `row: [gender*genre]`.

        ## Own data

        Describe the files in the experiment itself (`rows` and what follows it, as in the sections below), or in a
        descriptor file of the same form that several experiments share: `data: { source: ./my-set.yaml }`.

        ```yaml
        data:
          rows:
            files: [{ path: ratings.csv }]
            columns:
              - { name: user, type: category, role: user }
              - { name: item, type: category, role: item }
              - { name: stars, type: number, range: [1, 5] }
              - { name: gender, type: category, describes: user }
          label: { column: stars }
          groups: { user: [gender] }
        ```

        Files that are divided already are named by the split; they are read in the form that `rows` describes:

        ```yaml
        split: { strategy: files, trainFile: a.csv, testFile: b.csv }
        ```

        """;

    // What is said of the forms that the entries of a section take, by its title.
    private static readonly Dictionary<string, string> Forms = new()
    {
        ["learners"] = LearnerForms,
        ["mitigation"] = MitigationForms,
        ["sampler"] = SamplerForms,
        ["pruner"] = PrunerForms,
    };

    private readonly StringBuilder _page = new(Introduction);
    private readonly HashSet<Type> _written = [];
    private readonly HashSet<string> _titles = [];
    private readonly Registry _registry;

    private ExperimentReference(Registry registry) => _registry = registry;

    /// <summary>The page, with a line break at its end.</summary>
    /// <param name="registry">What names in files stand for.</param>
    public static string ToMarkdown(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var reference = new ExperimentReference(registry);
        reference.WriteRecord(typeof(Experiment), "Keys of the file", "");
        reference._page.Append(Examples);
        return reference._page.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    private void WriteRecord(Type type, string title, string path)
    {
        var keys = YamlShape.OfRecord(type).Keys;
        Heading(title);
        if (path.Length > 0 && XmlDocumentation.Summary(type) is { Length: > 0 } summary)
        {
            Line(summary);
            Line();
        }

        Table([.. keys.Select(key => (key.Name, key))], search: false);
        WriteForms(title);
        foreach (var key in keys)
        {
            WriteSection(key.Shape, path.Length == 0 ? key.Name : $"{path}.{key.Name}");
        }
    }

    // Sections come in the order in which keys lead to them; each type once.
    private void WriteSection(YamlShape shape, string path)
    {
        var inner = shape;
        while (inner.Item is not null)
        {
            inner = inner.Item;
        }

        var type = KeyText.Single(inner.Type) ?? inner.Type;
        if (NamedEntries.Find(type, _registry) is { } choices)
        {
            if (_written.Add(type))
            {
                WriteChoices(Title(type), choices);
            }
        }
        else if (inner.Kind is YamlShapeKind.Record or YamlShapeKind.Custom && _written.Add(type))
        {
            WriteRecord(type, Title(type), path);
        }
    }

    private void WriteChoices(string title, NamedChoice[] choices)
    {
        // The entries of a section of their own name stand in it.
        if (!_titles.Contains(title))
        {
            Heading(title);
            WriteForms(title);
        }

        foreach (var choice in choices.Where(choice => !choice.IsNothing))
        {
            Line($"### {choice.Name}");
            Line();
            Line(choice.Text);
            Line();
            if (choice.OptionsType is { } options)
            {
                // A record of options is followed by those in it.
                var keys = OptionKey.Of(options).SelectMany(key => key.Inner.Prepend(key));
                Table([.. keys.Select(key => (key.Name, key.Key))], choice.IsSearched);
            }
        }
    }

    private void Heading(string title)
    {
        _titles.Add(title);
        Line($"## {title}");
        Line();
    }

    private void WriteForms(string title)
    {
        if (Forms.TryGetValue(title, out var forms))
        {
            _page.Append(forms);
        }
    }

    private void Table(IReadOnlyList<(string Name, YamlKey Key)> keys, bool search)
    {
        Line($"| key | type | range | default | {(search ? "`search` tries | " : "")}meaning |");
        Line($"| --- | --- | --- | --- | {(search ? "--- | " : "")}--- |");
        foreach (var (name, key) in keys)
        {
            var isRecord = search && key.Shape.Kind == YamlShapeKind.Record;
            var tries = search ? $"{Interval(key)} | " : "";
            var type = isRecord ? "options" : KeyText.TypeName(key.Shape, Link);
            var value = isRecord ? "" : KeyText.Default(key);
            Line($"| `{name}` | {Cell(type)} | {Cell(KeyText.Range(key))} | {Cell(value)} "
                + $"| {tries}{Cell(KeyText.Meaning(key))} |");
        }

        Line();
        foreach (var (name, key) in keys.Where(k => Named(k.Key.Shape) is { } names && _written.Add(names)))
        {
            Line($"Values of `{name}`:");
            Line();
            foreach (var (value, meaning) in KeyText.Values(Named(key.Shape)!))
            {
                Line($"- `{value}`: {meaning}");
            }

            Line();
        }
    }

    private static Type? Named(YamlShape shape) =>
        shape.Kind == YamlShapeKind.Enumeration ? shape.Type : shape.Item is { } item ? Named(item) : null;

    private static string Interval(YamlKey key)
    {
        if (key.Property.GetCustomAttribute<SearchRangeAttribute>() is { } range)
        {
            var scale = range.Log ? ", logarithmic" : "";
            return $"{YamlScalars.Number(range.Low)} to {YamlScalars.Number(range.High)}{scale}";
        }

        return key.Shape.Kind switch
        {
            YamlShapeKind.Boolean or YamlShapeKind.Enumeration => "all values",
            YamlShapeKind.Record => "those in it",
            _ => "",
        };
    }

    private static string Link(Type type) => $"[{Title(type)}](#{Title(type).ToLowerInvariant().Replace(' ', '-')})";

    // `DataSection` is the section data, `MeasureConstraint` a measure constraint.
    private static string Title(Type type)
    {
        if (type.GetCustomAttribute<SectionTitleAttribute>() is { } known)
        {
            return known.Title;
        }

        var name = type.Name;
        foreach (var suffix in new[] { "Section", "Entry", "Options" })
        {
            name = name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
        }

        return JsonNamingPolicy.KebabCaseLower.ConvertName(name).Replace('-', ' ');
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private void Line(string text = "") => _page.Append(text).Append('\n');
}
