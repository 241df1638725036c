using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Mitigations.Post;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Experiments.Tests.Foreign;

/// <summary>Options of the mitigations here that look at a group of users or rows.</summary>
public sealed record GroupOptions : MitigationOptions
{
    [GroupName(GroupSide.User, GroupSide.Row)]
    public string Group { get; init; } = "gender";
}

/// <summary>Before: leaves the rows of unknown group out.</summary>
public sealed class KnownGroups(GroupOptions options) : PreMitigation
{
    public override string Name => "known-groups";

    public override Dataset Apply(Dataset train, FitContext context)
    {
        var codes = train.GroupCodes(FindGroup(train, options.Group, GroupSide.User));
        return train.Select([.. Enumerable.Range(0, codes.Length).Where(row => codes[row] >= 0)]);
    }
}

/// <summary>Within: only the first group's ratings count.</summary>
public sealed class FirstGroupOnly(GroupOptions options) : RatingMitigation
{
    public override string Name => "first-group-only";

    public override string Group => options.Group;

    public override RatingAdjustment Start(int items, int groups) => new Only();

    private sealed class Only : RatingAdjustment
    {
        public override void Adjust(RatingCells cells, Span<double> pulls, Span<double> factors)
        {
            pulls.Clear();
            factors.Clear();
            factors[0] = 1;
        }
    }
}

/// <summary>Within: a penalty on differences in mean probability.</summary>
public sealed class MeanPenalty(GroupOptions options, double weight) : PenaltyMitigation
{
    public override string Name => "mean-penalty";

    public override string Group => options.Group;

    protected override MitigationOptions UntypedOptions => options;

    public override GroupPenalty Start() => new Difference(weight);

    private sealed class Difference(double weight) : GroupPenalty(weight)
    {
        protected override int StatisticCount => 1;

        protected override GroupStatistic? Of(int statistic, SoftCounts counts, int group)
        {
            var rows = counts.Positives[group] + counts.Negatives[group];
            var predicted = counts.TruePositives[group] + counts.FalsePositives[group];
            return rows > 0 ? new GroupStatistic(predicted / rows, 1 / rows, 1 / rows) : null;
        }
    }
}

/// <summary>Options of <see cref="GroupFirst"/>.</summary>
public sealed record GroupFirstOptions : RerankingOptions;

/// <summary>After: the candidates of the last group of items stand first.</summary>
public sealed class GroupFirst(GroupFirstOptions options) : Reranking<GroupFirstOptions>(options)
{
    public const string MitigationName = "group-first";

    public static RerankingDescriptor Descriptor { get; } = RerankingDescriptor.Of<GroupFirstOptions>(
        MitigationName,
        "One group first.",
        [TaskKind.TopN],
        options => new GroupFirst(options),
        GroupFirstReranker.Read);

    public override string Name => MitigationName;

    protected override Reranker CreateReranker(RecommenderModel model, Dataset train, FitContext context)
    {
        return new GroupFirstReranker(Options, ItemGroups(model, train, Options.ItemGroup, out _));
    }
}

/// <summary>Makes the lists of <see cref="GroupFirst"/>.</summary>
public sealed class GroupFirstReranker(GroupFirstOptions options, ItemGrouping grouping)
    : UserReranker<GroupFirstOptions>(options)
{
    public override string MitigationName => GroupFirst.MitigationName;

    protected override ListRule RuleFor(int k) => (user, length) =>
    {
        var relevance = Relevance.Of(user);
        return GreedyList.Build(
            user,
            length,
            place => relevance[place] + (grouping[user.Items[place]] == grouping.Count - 1 ? 2 : 0),
            _ => { });
    };

    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(Options);
        grouping.Write(writer);
    }

    public static GroupFirstReranker Read(ModelReader reader) =>
        new(reader.ReadOptions<GroupFirstOptions>(), ItemGrouping.Read(reader));
}

/// <summary>After: adds 1 to ratings, around any model.</summary>
public sealed class OneMore : PostMitigation
{
    public static ModelFormat Format { get; } = new("one-more", Around.Read);

    public override string Name => "one-more";

    public override Model Fit(Learner learner, Dataset train, FitContext context) =>
        new Around(learner.Fit(train, context));

    private sealed class Around(Model model) : Model
    {
        public override string LearnerName => model.LearnerName;

        public override string FormatName => Format.Name;

        public static Around Read(ModelReader reader) => new(reader.ReadModel<Model>("model"));

        public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
            new RatingPredictions(Array.ConvertAll(
                ((RatingPredictions)model.Predict(data, cancellationToken)).Values, value => value + 1));

        public override void Write(ModelWriter writer) => writer.Write("model", model);
    }
}
