using Evenhand.Configuration;
using Evenhand.Data;

namespace Evenhand.Learning.Mitigations;

/// <summary>A learner with mitigations around it: before, within and after it.</summary>
/// <param name="learner">The learner.</param>
/// <param name="pre">Changes the training rows; null for none.</param>
/// <param name="during">Changes how the learner learns; null for none.</param>
/// <param name="post">Changes what the model predicts; null for none.</param>
public sealed class MitigatedLearner(
    Learner learner, PreMitigation? pre, InMitigation? during, PostMitigation? post) : Learner
{
    /// <summary>The options of the learner.</summary>
    public override LearnerOptions UntypedOptions => learner.UntypedOptions;

    /// <summary>The group attributes that must be known when predictions are made.</summary>
    public IReadOnlyList<string> ServingAttributes => post?.ServingAttributes ?? [];

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        if (during is not null && !learner.Supports(during))
        {
            throw new InputException(
                $"The learner cannot learn under '{during.Name}' with these options; see the mitigation's page.");
        }

        var rows = pre is null ? train : pre.Apply(train, context with { Seeds = context.Seeds.Fork("pre") });
        var within = context with { Mitigation = during };
        return post is null ? learner.Fit(rows, within) : post.Fit(learner, rows, within);
    }
}
