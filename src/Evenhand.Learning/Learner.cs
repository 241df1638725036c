using Evenhand.Configuration;
using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Fits models. The constructor only stores options; fitting never changes the learner.</summary>
public abstract class Learner
{
    /// <summary>For a learner of any assembly; most derive from <see cref="Learner{TOptions}"/>.</summary>
    protected Learner()
    {
    }

    /// <summary>The options it was made with.</summary>
    public abstract LearnerOptions UntypedOptions { get; }

    /// <summary>Whether the learner, with its options, can learn under a mitigation.</summary>
    /// <param name="mitigation">What a <see cref="FitContext"/> would carry.</param>
    public virtual bool Supports(InMitigation mitigation) => false;

    /// <summary>Fits a model on the rows of <paramref name="train"/>.</summary>
    /// <exception cref="InputException">The data lacks a column that the learner needs, or the options contradict
    /// each other.</exception>
    /// <exception cref="DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="FitPrunedException">The listener of the context ended the fit.</exception>
    /// <exception cref="OperationCanceledException">The token of the context was cancelled.</exception>
    public Model Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(context);
        UntypedOptions.Validate();
        return FitCore(train, context);
    }

    /// <summary>Fits a model; the options are valid, and nothing is null.</summary>
    /// <param name="train">The training rows.</param>
    /// <param name="context">Seeds, threads, cancellation, progress.</param>
    protected abstract Model FitCore(Dataset train, FitContext context);
}

/// <summary>A learner with options of a known type.</summary>
/// <typeparam name="TOptions">Its options record.</typeparam>
public abstract class Learner<TOptions>(TOptions options) : Learner
    where TOptions : LearnerOptions
{
    /// <summary>The options it was made with.</summary>
    public TOptions Options { get; } = options;

    /// <inheritdoc/>
    public sealed override LearnerOptions UntypedOptions => Options;
}
