using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.Similarity;

namespace Evenhand.Learning.Recommendation.UserKnn;

/// <summary>Predicts from the users who are similar to a user and who have rated or chosen the item.</summary>
/// <remarks>
/// <para>Explicit: <c>b_ui + sum(s_uv w_vi (r_vi - b_vi)) / sum(s_uv w_vi)</c> over the neighbours v of user u among
/// the users of item i, with the baseline b of <see cref="BiasLearner"/> and weights w (J. Herlocker, J. Konstan,
/// A. Borchers, J. Riedl, "An algorithmic framework for performing collaborative filtering", SIGIR 1999, section 5;
/// centred by the baseline, so that the bias of the items is taken out of the similarities as well).</para>
/// <para>Implicit: <c>sum(s_uv x_vi)</c>, where x is the square root of a choice's weight.</para>
/// <para>s is the cosine of two users' deviations from the baseline (explicit) or choices (implicit), shrunk where they
/// have few items in common. Nothing is fitted beyond the baseline: similarities are computed for the user who is
/// scored, so a prediction takes time in the number of training rows, and no similarity is stored.</para>
/// </remarks>
/// <param name="options">Feedback, neighbours, similarity.</param>
public sealed class UserKnnLearner(UserKnnOptions options) : Learner<UserKnnOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<UserKnnOptions>(
        UserKnnModel.Name,
        "Predicts from an item's users who are most similar to a user, by ratings or by choices.",
        [TaskKind.RatingPrediction, TaskKind.TopN],
        options => new UserKnnLearner(options),
        UserKnnModel.Read);

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var feedback = FeedbackMatrix.Of(train, UserKnnModel.Name, Options.Feedback, context);
        var model = new UserKnnModel(
            Options, train.UserColumn!.Vocabulary, train.ItemColumn!.Vocabulary, feedback);
        context.Progress?.Invoke(new WorkProgress(1, 1, "iterations"));
        return model;
    }
}
