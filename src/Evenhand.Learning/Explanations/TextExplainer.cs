using Evenhand.Configuration;

namespace Evenhand.Learning.Explanations;

/// <summary>Explains the predictions of a text classifier, one text at a time. Safe to use from many threads at
/// once.</summary>
public sealed class TextExplainer
{
    private readonly Model _model;
    private readonly TextExplanationOptions _options;

    /// <summary>An explainer of a model.</summary>
    /// <param name="model">A text classifier.</param>
    /// <param name="options">How to explain; null for the defaults.</param>
    /// <exception cref="InputException">An option is out of range, or the model cannot be explained by the
    /// method.</exception>
    public TextExplainer(Model model, TextExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _options = options ?? new TextExplanationOptions();
        _options.Validate();
        var linear = model is IAdditiveTextModel;
        Method = _options.Method switch
        {
            ExplanationMethod.Auto => linear ? ExplanationMethod.Shap
                : model is IGradientTextModel ? ExplanationMethod.IntegratedGradients
                : ExplanationMethod.Lime,
            ExplanationMethod.Shap when !linear => throw Unfit("linear"),
            ExplanationMethod.IntegratedGradients when model is not IGradientTextModel => throw Unfit("neural"),
            var method => method,
        };
    }

    /// <summary>How the explainer explains; never <see cref="ExplanationMethod.Auto"/>.</summary>
    public ExplanationMethod Method { get; }

    /// <summary>Explains the prediction for a text.</summary>
    /// <param name="text">The text; a missing one is explained as an empty one, which is how it is
    /// predicted.</param>
    /// <param name="progress">Told how far the work is; null where nobody listens.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">The model classifies no texts, needs other columns than a text, or has no such
    /// class.</exception>
    public TextExplanation Explain(
        string? text, Action<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        text ??= "";
        var target = ClassProbabilities.Of(_model, text, _options.Class, cancellationToken);
        var tokens = TextTokens.Find(text);
        var probability = target.Of([text], cancellationToken)[0];
        return Method switch
        {
            ExplanationMethod.Lime => Lime(text, tokens, target, probability, progress, cancellationToken),
            ExplanationMethod.Occlusion => Occlude(text, tokens, target, probability, progress, cancellationToken),
            ExplanationMethod.Shap => Shap(text, tokens, target, probability),
            _ => Integrate(text, tokens, target, probability, cancellationToken),
        };
    }

    /// <summary>The attention between the pieces of a text.</summary>
    /// <exception cref="InputException">The model is no transformer.</exception>
    public TextAttention Attention(string? text, CancellationToken cancellationToken = default) =>
        _model is IGradientTextModel transformer
            ? transformer.Attention(text ?? "", cancellationToken)
            : throw new InputException(
                $"'{_model.LearnerName}' has no attention; the models of the learner 'transformer' have.");

    private static TextExplanation Explanation(
        string text,
        List<(int Start, int End)> tokens,
        double[] values,
        ClassProbabilities target,
        double probability) => new()
        {
            Text = text,
            Tokens = [.. tokens.Zip(values, (token, value) =>
                new TokenAttribution(text[token.Start..token.End], token.Start, token.End, value))],
            Class = target.Name,
            Method = ExplanationMethod.Occlusion,
            Quantity = ExplainedQuantity.Probability,
            BaseValue = probability,
            Prediction = probability,
            Probability = probability,
        };

    private TextExplanation Lime(
        string text,
        List<(int Start, int End)> tokens,
        ClassProbabilities target,
        double probability,
        Action<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (tokens.Count == 0)
        {
            return Explanation(text, tokens, [], target, probability) with { Method = ExplanationMethod.Lime };
        }

        var (values, intercept, fit) = LimeExplanation.Of(
            text, tokens, target, _options, progress, cancellationToken);
        return Explanation(text, tokens, values, target, probability) with
        {
            Method = ExplanationMethod.Lime,
            BaseValue = intercept,
            Quality = new ExplanationQuality("local R2", fit),
        };
    }

    private static TextExplanation Occlude(
        string text,
        List<(int Start, int End)> tokens,
        ClassProbabilities target,
        double probability,
        Action<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        const int Batch = 256;
        var values = new double[tokens.Count];
        for (var from = 0; from < values.Length; from += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var without = new string[Math.Min(Batch, values.Length - from)];
            for (var i = 0; i < without.Length; i++)
            {
                var left = from + i;
                without[i] = TextTokens.Without(text, tokens, token => token == left);
            }

            var predicted = target.Of(without, cancellationToken);
            for (var i = 0; i < without.Length; i++)
            {
                values[from + i] = probability - predicted[i];
            }

            progress?.Invoke(new WorkProgress(from + without.Length, values.Length, "tokens"));
        }

        return Explanation(text, tokens, values, target, probability) with
        {
            BaseValue = target.Of([""], cancellationToken)[0],
        };
    }

    // Exact for the linear function of the features. Where a model scales the features of a text to length 1, or to
    // their mean, each depends on all words of the text through that scale: the values hold for the text's own scale,
    // and do not say what the score would be with a word left out, which would scale the others anew.
    private TextExplanation Shap(
        string text, List<(int Start, int End)> tokens, ClassProbabilities target, double probability)
    {
        var model = (IAdditiveTextModel)_model;
        var (index, sign) = target.Score(model.Classes);
        var contributions = model.Contributions(text);
        var values = new double[tokens.Count];
        var score = contributions.Expected[index] + contributions.Absent[index];
        foreach (var (start, end, contribution) in contributions.Ngrams)
        {
            score += contribution[index];
            TokenShares.Add(values, tokens, start, end, sign * contribution[index]);
        }

        return Explanation(text, tokens, values, target, probability) with
        {
            Method = ExplanationMethod.Shap,
            Quantity = ExplainedQuantity.Score,
            BaseValue = sign * contributions.Expected[index],
            Prediction = sign * score,
        };
    }

    private TextExplanation Integrate(
        string text,
        List<(int Start, int End)> tokens,
        ClassProbabilities target,
        double probability,
        CancellationToken cancellationToken)
    {
        var model = (IGradientTextModel)_model;
        var (index, sign) = target.Score(model.Classes);
        var gradients = model.Integrate(text, index, _options.NumberOfSteps, cancellationToken);
        var values = new double[tokens.Count];
        var sum = 0.0;
        foreach (var piece in gradients.Pieces)
        {
            sum += piece.Value;
            TokenShares.Add(values, tokens, piece.Start, piece.End, sign * piece.Value);
        }

        return Explanation(text, tokens, values, target, probability) with
        {
            Method = ExplanationMethod.IntegratedGradients,
            Quantity = ExplainedQuantity.Score,
            BaseValue = sign * gradients.Baseline,
            Prediction = sign * gradients.Score,
            Quality = new ExplanationQuality(
                "completeness gap", Math.Abs(gradients.Score - gradients.Baseline - sum)),
        };
    }

    private InputException Unfit(string kind) => new(
        $"'{_model.LearnerName}' is no {kind} text model, and cannot be explained by {_options.Method}; "
        + "Lime explains any.");
}
