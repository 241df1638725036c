using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning;

namespace Evenhand.TestKit.Learning;

/// <summary>A learner with its case, and the data that it is tried on.</summary>
/// <param name="case">How it is tried.</param>
/// <param name="registry">Knows the learner.</param>
internal sealed class LearnerUnderTest(LearnerCase @case, Registry registry)
{
    public static SeedTree Seeds { get; } = new(20_260_101);

    public static FitContext Context => new() { Seeds = Seeds.Fork("fit") };

    public LearnerDescriptor Descriptor => registry.Get<LearnerDescriptor>(@case.Learner);

    public LearnerOptions Options => @case.Options ?? Descriptor.CreateDefaultOptions();

    public IReadOnlyDictionary<string, double> Most => @case.Most;

    public bool Reports => @case.Reports;

    public string ModelName => @case.ModelName ?? @case.Learner;

    public bool ReadsText => Descriptor.Tasks.Contains(TaskKind.TextClassification);

    public Learner Create() => Create(Options);

    public Learner Create(LearnerOptions options) =>
        @case.Create is { } create ? create(options) : LeakConformance.Create(Descriptor, options);

    public Model Fit(Dataset data) => Create().Fit(data, Context);

    // One of each kind of label that the learner's tasks name.
    public IEnumerable<Dataset> Samples(int rows)
    {
        yield return Sample(rows);
        if (Descriptor.Tasks.Contains(TaskKind.MulticlassTextClassification))
        {
            yield return LearningSamples.Classes(rows, Seeds.Fork("classes"));
        }

        if (Descriptor.Tasks.Contains(TaskKind.MultiLabelTextClassification))
        {
            yield return LearningSamples.LabelSets(rows, Seeds.Fork("label-sets"));
        }
    }

    public Dataset Sample(int rows) => ReadsText
        ? LearningSamples.Texts(rows, Seeds.Fork("texts"))
        : LearningSamples.Ratings(20, 30, rows, Seeds.Fork("ratings"));
}
