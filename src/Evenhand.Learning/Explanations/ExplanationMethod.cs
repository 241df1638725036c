namespace Evenhand.Learning.Explanations;

/// <summary>How a prediction is shared out among the tokens of its text.</summary>
public enum ExplanationMethod
{
    /// <summary>The exact one where the model has one: <see cref="Shap"/> for linear models,
    /// <see cref="IntegratedGradients"/> for neural ones, <see cref="Lime"/> for the rest.</summary>
    Auto,

    /// <summary>A weighted linear model fitted to predictions for the text with tokens left out (M. T. Ribeiro,
    /// S. Singh, C. Guestrin, "Why should I trust you?", KDD 2016). Any model.</summary>
    Lime,

    /// <summary>What the prediction loses when each token is left out alone. Any model; as many predictions as tokens,
    /// and blind to words that stand in for each other.</summary>
    Occlusion,

    /// <summary>Shapley values of the features of a linear model, in closed form: weight times difference from the mean
    /// of the training texts (S. M. Lundberg, S.-I. Lee, "A unified approach to interpreting model predictions",
    /// NeurIPS 2017, corollary 1). Exact for features as the text has them; where these are scaled to a length that
    /// depends on all words, leaving a word out changes the score by something else. An n-gram over several words
    /// counts for each in equal parts. Linear models.</summary>
    Shap,

    /// <summary>Gradients summed up on the straight line from an empty text to the text (M. Sundararajan, A. Taly,
    /// Q. Yan, "Axiomatic attribution for deep networks", ICML 2017). Neural models.</summary>
    IntegratedGradients,
}
