namespace Evenhand.Learning.Text.NaiveBayes;

/// <summary>What naive Bayes takes a text of a class to be.</summary>
public enum NaiveBayesVariant
{
    /// <summary>Features drawn one after the other from the class's distribution.</summary>
    Multinomial,

    /// <summary>The same, with the distribution of all other classes, which texts should not resemble: better where
    /// classes differ much in size.</summary>
    Complement,

    /// <summary>Each feature there or not by a chance of its own; counts and weights of features do not
    /// matter.</summary>
    Bernoulli,
}
