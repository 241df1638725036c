using Evenhand.Learning;
using Evenhand.Learning.Mitigations;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Files;

/// <summary>The search space of an experiment's learners and mitigations, and the way from its points to learners.
/// Immutable.</summary>
/// <remarks>
/// <para>With several learners the space starts with the categorical parameter <c>learner</c>; an option of a learner
/// is the parameter <c>learner.option</c>, such as <c>matrix-factorization.lambda</c>, active only while its learner is
/// chosen. Members of an ensemble are always part of it: their options are <c>ensemble.matrix-factorization.lambda</c>
/// and the like, or <c>distilled.teacher.hiddenSize</c> where members have roles.</para>
/// <para>An option that has an effect only at certain values of another one is active only there; where it can have
/// none, it is no parameter.</para>
/// <para>Mitigations are chosen by the parameters <c>pre</c>, <c>LEARNER.in</c> and <c>post</c>, which have the choice
/// <c>none</c>; their options are <c>reweighing.strength</c> and the like, active only while chosen.</para>
/// </remarks>
public sealed class LearnerSpace
{
    /// <summary>Name of the parameter that chooses between several learners.</summary>
    public const string LearnerParameter = "learner";

    private const string PreParameter = "pre";
    private const string InParameter = "in";
    private const string PostParameter = "post";

    private readonly IReadOnlyList<LearnerEntry> _learners;
    private readonly MitigationEntry[] _pre;
    private readonly MitigationEntry[] _during;
    private readonly MitigationEntry[] _post;
    private readonly Func<string, string>? _resolve;

    /// <summary>The space of the given learners and mitigations.</summary>
    /// <param name="learners">At least one; no learner twice.</param>
    /// <param name="mitigation">No mitigation twice in a stage; null for none.</param>
    /// <param name="resolve">Makes a full path of one that is relative to the experiment file; null: paths stay as they
    /// are.</param>
    /// <exception cref="ArgumentException">There is no learner, or something is there twice.</exception>
    public LearnerSpace(
        IReadOnlyList<LearnerEntry> learners,
        MitigationSection? mitigation = null,
        Func<string, string>? resolve = null)
    {
        ArgumentNullException.ThrowIfNull(learners);
        if (learners.Count == 0)
        {
            throw new ArgumentException("A search needs at least one learner.", nameof(learners));
        }

        _learners = learners;
        _resolve = resolve;
        mitigation ??= new MitigationSection();
        _pre = Chosen(mitigation.Pre);
        _during = Chosen(mitigation.In);
        _post = Chosen(mitigation.Post);
        Space = new SearchSpace([.. LearnerParameters(), .. Stage(_pre, PreParameter), .. Stage(_post, PostParameter)]);
    }

    /// <summary>What the tuner searches.</summary>
    public SearchSpace Space { get; }

    /// <summary>The learner at a point.</summary>
    /// <param name="parameters">A point of <see cref="Space"/>.</param>
    public LearnerDescriptor LearnerAt(ParameterSet parameters) => EntryAt(parameters).Learner;

    /// <summary>The learner's options at a point: searched, fixed and default ones.</summary>
    /// <param name="parameters">A point of <see cref="Space"/>.</param>
    public LearnerOptions OptionsAt(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var entry = EntryAt(parameters);
        return OptionSettings.At(
            entry.Learner.CreateDefaultOptions(), entry.Settings, Prefix(entry), parameters, _resolve);
    }

    /// <summary>A learner made for a point, with the mitigations of the point around it.</summary>
    /// <param name="parameters">A point of <see cref="Space"/>.</param>
    public Learner CreateLearner(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var entry = EntryAt(parameters);
        var learner = CreateLearner(entry, Prefix(entry), parameters);
        var pre = At(_pre, PreParameter, "", parameters);
        var during = At(_during, Prefix(entry) + InParameter, Prefix(entry), parameters);
        var post = At(_post, PostParameter, "", parameters);
        return pre is null && during is null && post is null
            ? learner
            : new MitigatedLearner(learner, (PreMitigation?)pre, (InMitigation?)during, (PostMitigation?)post);
    }

    /// <summary>The group attributes that the model at a point needs to know when it is in use.</summary>
    /// <param name="parameters">A point of <see cref="Space"/>.</param>
    public IReadOnlyList<string> ServingAttributesAt(ParameterSet parameters) =>
        Find(_post, PostParameter, parameters) is { Mitigation.IsAvailable: true }
            ? At(_post, PostParameter, "", parameters)!.ServingAttributes
            : [];

    /// <summary>The options at a point that the file names, searched or fixed, under their own names, for
    /// reports: the learner's, then the mitigation of each stage with its options.</summary>
    /// <param name="parameters">A point of <see cref="Space"/>.</param>
    public ParameterSet ParametersAt(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var entry = EntryAt(parameters);
        return new ParameterSet(
        [
            .. SearchedOfUnavailable(entry, parameters),
            .. OptionSettings.ValuesAt(entry.Settings, Prefix(entry), parameters),
            .. MemberValuesAt(entry, Prefix(entry), "", parameters),
            .. ValuesAt(_pre, PreParameter, PreParameter, "", parameters),
            .. ValuesAt(_during, InParameter, Prefix(entry) + InParameter, Prefix(entry), parameters),
            .. ValuesAt(_post, PostParameter, PostParameter, "", parameters),
        ]);
    }

    private static MitigationEntry[] Chosen(IReadOnlyList<MitigationEntry> entries) =>
        [.. entries.Where(entry => entry.Mitigation is not null)];

    // Of a learner whose assembly is not loaded the file's options mean nothing; the trial's are known by their names.
    private static IEnumerable<KeyValuePair<string, ParameterValue>> SearchedOfUnavailable(
        LearnerEntry entry, ParameterSet parameters) =>
        entry.Learner.IsAvailable ? [] : parameters
            .Where(parameter => parameter.Key.StartsWith(Prefix(entry), StringComparison.Ordinal))
            .Select(parameter => KeyValuePair.Create(parameter.Key[Prefix(entry).Length..], parameter.Value));

    private static string Prefix(LearnerEntry entry) => $"{entry.Learner.Name}.";

    private Learner CreateLearner(LearnerEntry entry, string prefix, ParameterSet parameters) =>
        entry.Learner.Create(
            OptionSettings.At(entry.Learner.CreateDefaultOptions(), entry.Settings, prefix, parameters, _resolve),
            [.. entry.NamedMembers.Select(named => CreateLearner(named.Member, $"{prefix}{named.Key}.", parameters))]);

    private static IEnumerable<Parameter> Searched(LearnerEntry entry, string prefix, ParameterCondition? when) =>
        OptionSettings.Searched(entry.Settings, prefix, when)
            .Concat(entry.NamedMembers.SelectMany(named => Searched(named.Member, $"{prefix}{named.Key}.", when)));

    // Under the names that they have within the learner, such as `matrix-factorization.lambda`.
    private static IEnumerable<KeyValuePair<string, ParameterValue>> MemberValuesAt(
        LearnerEntry entry, string prefix, string shown, ParameterSet parameters) =>
        entry.NamedMembers.SelectMany(named => OptionSettings
            .ValuesAt(named.Member.Settings, $"{prefix}{named.Key}.", parameters)
            .Select(value => KeyValuePair.Create($"{shown}{named.Key}.{value.Key}", value.Value))
            .Concat(MemberValuesAt(named.Member, $"{prefix}{named.Key}.", $"{shown}{named.Key}.", parameters)));

    private IEnumerable<Parameter> LearnerParameters()
    {
        var several = _learners.Count > 1;
        if (several)
        {
            var names = _learners.Select(entry => new ParameterValue(entry.Learner.Name)).ToArray();
            yield return new Parameter(LearnerParameter, new CategoricalDomain(names));
        }

        foreach (var entry in _learners)
        {
            var when = several ? new ParameterCondition(LearnerParameter, [entry.Learner.Name]) : null;
            foreach (var parameter in Searched(entry, Prefix(entry), when))
            {
                yield return parameter;
            }

            var known = _during.Where(during => entry.Supports(during.Mitigation!)).ToArray();
            foreach (var parameter in Stage(known, Prefix(entry) + InParameter, Prefix(entry), when))
            {
                yield return parameter;
            }
        }
    }

    // The parameter that chooses a mitigation, and the options of each.
    private static IEnumerable<Parameter> Stage(
        MitigationEntry[] entries, string chooser, string prefix = "", ParameterCondition? when = null)
    {
        if (entries.Length == 0)
        {
            yield break;
        }

        ParameterValue[] names = [MitigationEntry.None, .. entries.Select(e => e.Mitigation!.Name)];
        yield return new Parameter(chooser, new CategoricalDomain(names)) { When = when };
        foreach (var entry in entries)
        {
            var name = entry.Mitigation!.Name;
            foreach (var option in OptionSettings.Searched(
                entry.Settings, $"{prefix}{name}.", new ParameterCondition(chooser, [name])))
            {
                yield return option;
            }
        }
    }

    private Mitigation? At(
        MitigationEntry[] entries, string chooser, string prefix, ParameterSet parameters)
    {
        var entry = Find(entries, chooser, parameters);
        return entry?.Mitigation!.Create(OptionSettings.At(
            entry.Mitigation.CreateDefaultOptions(),
            entry.Settings,
            $"{prefix}{entry.Mitigation.Name}.",
            parameters,
            _resolve));
    }

    private static IEnumerable<KeyValuePair<string, ParameterValue>> ValuesAt(
        MitigationEntry[] entries, string stage, string chooser, string prefix, ParameterSet parameters)
    {
        if (!parameters.ContainsKey(chooser))
        {
            yield break;
        }

        yield return KeyValuePair.Create(stage, parameters[chooser]);
        if (Find(entries, chooser, parameters) is { } entry)
        {
            var name = entry.Mitigation!.Name;
            foreach (var (key, value) in OptionSettings.ValuesAt(entry.Settings, $"{prefix}{name}.", parameters))
            {
                yield return KeyValuePair.Create($"{name}.{key}", value);
            }
        }
    }

    private static MitigationEntry? Find(MitigationEntry[] entries, string chooser, ParameterSet parameters) =>
        parameters.TryGetValue(chooser, out var chosen)
            ? entries.FirstOrDefault(entry => entry.Mitigation!.Name == chosen.AsString)
            : null;

    private LearnerEntry EntryAt(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return _learners.Count == 1
            ? _learners[0]
            : _learners.First(entry => entry.Learner.Name == parameters[LearnerParameter].AsString);
    }
}
