using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.GroupCalibration;

/// <summary>Corrects predicted ratings by a line for each group of users, so that no group is rated systematically too
/// high or too low.</summary>
/// <remarks>
/// <para>A model fitted on a part of the training rows predicts those held out. For each group, the errors
/// e = label - prediction are regressed on the predictions x: smallest
/// <c>sum(w (e - c - d (x - m))^2) + n0 (c^2 + v d^2)</c>, with w the weights of the rows, m and v mean and variance of
/// all held-out predictions and n0 the damping. A prediction x becomes <c>x + s (c + d (x - m))</c>, with s the
/// strength and d at least -1, so that a larger prediction stays no smaller; none is moved out of the range of the
/// training labels. The model that is corrected is fitted on all training rows.</para>
/// <para>The groups of the users of the training data are remembered. Other users are looked up in the data that
/// predictions are made for; where they or their group are unknown there, their predictions stay as they are. Rankings
/// are those of the model within.</para>
/// <para>Linear recalibration (J. B. Copas, "Regression, prediction and shrinkage", JRSS B 45, 1983), group
/// by group; it lowers the value unfairness of Yao and Huang 2017 (eq. 1), the gap in signed errors.</para>
/// </remarks>
/// <param name="options">Group, hold-out, damping, strength.</param>
public sealed class GroupCalibration(GroupCalibrationOptions options) : PostMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<GroupCalibrationOptions>(
        MitigationName,
        "Corrects predicted ratings by a line for each group of users.",
        TaskKinds.Ratings,
        options => new GroupCalibration(options),
        MitigationStage.Post);

    internal const string MitigationName = "group-calibration";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ServingAttributes => [options.Group];

    /// <inheritdoc/>
    public override Model Fit(Learner learner, Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        var group = FindGroup(train, options.Group, GroupSide.User);
        var labels = TrainingColumns.NumericLabel(train, MitigationName);
        var heldOut = (int)(options.HoldOut * train.RowCount);
        var lines = options.Strength == 0 || heldOut == 0
            ? [.. group.Groups.Select(_ => default(CorrectionLine))]
            : LearnLines(learner, train, group, heldOut, context);
        return Calibrate(learner.Fit(train, context.Within(Calibrate)));

        Model Calibrate(Model fitted)
        {
            var model = Recommender(fitted);
            return new GroupCalibratedModel(
                options,
                model,
                GroupsOf(model, train, group),
                new Vocabulary(group.Groups),
                lines,
                labels.Length == 0 ? 0 : labels.Values.ToArray().Min(),
                labels.Length == 0 ? 0 : labels.Values.ToArray().Max());
        }
    }

    private CorrectionLine[] LearnLines(
        Learner learner, Dataset train, GroupAttribute group, int heldOut, FitContext context)
    {
        var order = context.Seeds.Fork("hold-out").CreateRandom().NextPermutation(train.RowCount);
        Array.Sort(order, 0, heldOut);
        Array.Sort(order, heldOut, order.Length - heldOut);
        var part = context with { Seeds = context.Seeds.Fork("part"), Progress = null, Listener = null };
        var model = Recommender(learner.Fit(train.Select(order.AsSpan(heldOut)), part));
        var rows = train.Select(order.AsSpan(0, heldOut));
        var predictions = Ratings(model.Predict(rows, context.CancellationToken)).Values;
        return CorrectionLine.Fit(
            predictions,
            TrainingColumns.NumericLabel(rows, MitigationName).Values,
            TrainingColumns.Weights(rows) is { } weights ? weights.Values : [],
            rows.GroupCodes(group),
            group.Groups.Count,
            options.Damping);
    }

    private RecommenderModel Recommender(Model fitted) => fitted as RecommenderModel
        ?? throw new InputException($"'{Name}' corrects the ratings of a recommender, and the learner makes none.");

    private RatingPredictions Ratings(Predictions predictions) => predictions as RatingPredictions
        ?? throw new InputException($"'{Name}' corrects predicted ratings; the learner predicts scores, not ratings.");

    private static int[] GroupsOf(RecommenderModel model, Dataset train, GroupAttribute group)
    {
        var map = train.UserColumn!.Vocabulary.MapTo(model.Users);
        var groups = new int[model.Users.Count];
        Array.Fill(groups, Vocabulary.Missing);
        for (var user = 0; user < map.Length; user++)
        {
            if (map[user] >= 0)
            {
                groups[map[user]] = group.Column.Codes[user];
            }
        }

        return groups;
    }
}
