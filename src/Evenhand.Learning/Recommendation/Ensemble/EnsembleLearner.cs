using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.MatrixFactorization;

namespace Evenhand.Learning.Recommendation.Ensemble;

/// <summary>Blends other recommenders with weights that are fitted on rows which none of them has seen.</summary>
/// <remarks>
/// <para>A share of each user's rows is held out; the members are fitted on the others and predict those. Ratings are
/// blended with an intercept and weights of at least 0 that minimize the squared error (Breiman 1996); rankings by
/// scores that are made alike within each user, with the weights of ensemble selection on NDCG (Caruana et al. 2004).
/// Then every member whose weight is above 0 is fitted again on all rows.</para>
/// <para>Each member draws its random numbers from its own part of the seeds, so the model does not depend on the
/// number of threads where its members do not.</para>
/// </remarks>
public sealed class EnsembleLearner : Learner<EnsembleOptions>
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.OfMembers<EnsembleOptions>(
        EnsembleModel.Name,
        "A weighted blend of other recommenders, with weights fitted on rows that are held out for it.",
        [TaskKind.RatingPrediction, TaskKind.TopN],
        (options, members) => new EnsembleLearner(options, members),
        EnsembleModel.Read,
        [BiasModel.Name, MatrixFactorizationModel.Name]);

    /// <summary>An ensemble of the given members.</summary>
    /// <param name="options">What is blended, and on what the weights are fitted.</param>
    /// <param name="members">At least one learner of recommenders.</param>
    /// <exception cref="ArgumentException">There is no member.</exception>
    public EnsembleLearner(EnsembleOptions options, IReadOnlyList<Learner> members)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0)
        {
            throw new ArgumentException("An ensemble has at least one member.", nameof(members));
        }

        Members = [.. members];
    }

    /// <summary>The members.</summary>
    public IReadOnlyList<Learner> Members { get; }

    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) => Members.All(member => member.Supports(mitigation));

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, EnsembleModel.Name, needsLabel: false);
        context.CancellationToken.ThrowIfCancellationRequested();
        var (keptRows, heldOutRows) = HeldOutRows.Of(
            train, EnsembleModel.Name, Options.HoldOut, context.Seeds.Fork("held-out"));
        var (kept, heldOut) = (train.Select(keptRows), train.Select(heldOutRows));
        var fits = 2 * Members.Count;
        var models = new RecommenderModel[Members.Count];
        for (var member = 0; member < models.Length; member++)
        {
            models[member] = FitMember(member, kept, "kept", context);
            context.Progress?.Invoke(new WorkProgress(member + 1, fits, "fits"));
        }

        var predictions = Array.ConvertAll(models, model => model.Predict(heldOut, context.CancellationToken));
        var ofRatings = BlendsRatings(models, predictions);
        var weights = ofRatings
            ? RatingWeights.Fit(
                Array.ConvertAll(predictions, p => ((RatingPredictions)p).Values), heldOut, EnsembleModel.Name)
            : new RatingWeights(
                RankingWeights.Fit(
                    models, kept, heldOut, Options, context with { Seeds = context.Seeds.Fork("weights") }),
                0);
        var members = new List<EnsembleMember>();
        for (var member = 0; member < models.Length; member++)
        {
            if (weights.Members[member] > 0)
            {
                members.Add(new EnsembleMember(FitMember(member, train, "all", context), weights.Members[member]));
            }

            context.Progress?.Invoke(new WorkProgress(models.Length + member + 1, fits, "fits"));
        }

        var labels = ofRatings
            ? LabelScale.Of(Interactions.Of(train, EnsembleModel.Name, needsLabel: true))
            : new LabelScale(0, 1, 0, 1);
        return new EnsembleModel(
            Options with { Blend = ofRatings ? EnsembleBlend.Ratings : EnsembleBlend.Rankings },
            rows.Users,
            rows.Items,
            labels,
            weights.Intercept,
            members);
    }

    private RecommenderModel FitMember(int member, Dataset data, string part, FitContext context)
    {
        var own = context with { Seeds = context.Seeds.Fork($"{part}/{member}"), Progress = null, Listener = null };
        return Members[member].Fit(data, own) as RecommenderModel ?? throw new InputException(
            $"'{EnsembleModel.Name}' blends recommenders, and member {member} (from 0) is none.");
    }

    private bool BlendsRatings(RecommenderModel[] models, Predictions[] predictions)
    {
        var without = models.Zip(predictions).FirstOrDefault(pair => pair.Second is not RatingPredictions).First;
        return Options.Blend switch
        {
            EnsembleBlend.Rankings => false,
            EnsembleBlend.Ratings when without is not null => throw new InputException(
                $"'{EnsembleModel.Name}' cannot blend ratings: its member '{without.LearnerName}' predicts none."),
            _ => without is null,
        };
    }
}
