using Evenhand.Data.Yaml;
using Evenhand.Learning;
using Evenhand.Tuning;

namespace Evenhand.Experiments;

/// <summary>The search space of an experiment's learners, and the way from its points to learners. Immutable.</summary>
/// <remarks>
/// With several learners the space starts with the categorical parameter <c>learner</c>; an option of a learner is the
/// parameter <c>learner.option</c>, such as <c>matrix-factorization.lambda</c>, active only while its learner is
/// chosen.
/// </remarks>
public sealed class LearnerSpace
{
    /// <summary>Name of the parameter that chooses between several learners.</summary>
    public const string LearnerParameter = "learner";

    private readonly IReadOnlyList<LearnerEntry> _learners;

    /// <summary>The space of the given learners.</summary>
    /// <param name="learners">At least one; no learner twice.</param>
    /// <exception cref="ArgumentException">There is no learner, or one is there twice.</exception>
    public LearnerSpace(IReadOnlyList<LearnerEntry> learners)
    {
        ArgumentNullException.ThrowIfNull(learners);
        if (learners.Count == 0)
        {
            throw new ArgumentException("A search needs at least one learner.", nameof(learners));
        }

        _learners = learners;
        var several = learners.Count > 1;
        var names = learners.Select(entry => new ParameterValue(entry.Learner.Name)).ToArray();
        var chooser = new Parameter(LearnerParameter, new CategoricalDomain(names));
        var options = learners.SelectMany(entry => entry.Settings.OfType<SearchedOption>().Select(option =>
            new Parameter(ParameterName(entry, option.Key), option.Domain)
            {
                When = several ? new ParameterCondition(LearnerParameter, [entry.Learner.Name]) : null,
            }));
        Space = new SearchSpace(several ? options.Prepend(chooser) : options);
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
        var options = entry.Learner.CreateDefaultOptions();
        foreach (var setting in entry.Settings)
        {
            // The instance is new and still nobody's: the one moment at which init properties may be set.
            setting.Key.Property.SetValue(options, setting is FixedOption given
                ? given.Value
                : OptionReader.FromParameter(setting.Key, parameters[ParameterName(entry, setting.Key)]));
        }

        return options;
    }

    /// <summary>A learner made for a point.</summary>
    /// <param name="parameters">A point of <see cref="Space"/>.</param>
    public Learner CreateLearner(ParameterSet parameters) => LearnerAt(parameters).Create(OptionsAt(parameters));

    /// <summary>The options at a point that the file names, searched or fixed, under their own names, for
    /// reports.</summary>
    /// <param name="parameters">A point of <see cref="Space"/>.</param>
    public ParameterSet ParametersAt(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var entry = EntryAt(parameters);
        return new ParameterSet(entry.Settings.Select(setting => KeyValuePair.Create(
            setting.Key.Name,
            setting is FixedOption given
                ? OptionReader.ToParameter(given.Value)
                : parameters[ParameterName(entry, setting.Key)])));
    }

    private static string ParameterName(LearnerEntry entry, YamlKey key) => $"{entry.Learner.Name}.{key.Name}";

    private LearnerEntry EntryAt(ParameterSet parameters) => _learners.Count == 1
        ? _learners[0]
        : _learners.First(entry => entry.Learner.Name == parameters[LearnerParameter].AsString);
}
