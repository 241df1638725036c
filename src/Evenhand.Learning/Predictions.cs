namespace Evenhand.Learning;

/// <summary>One prediction for each row of a data set, in row order.</summary>
public abstract record Predictions
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }
}

/// <summary>Predicted ratings or amounts, in the units of the label.</summary>
/// <param name="Values">One value a row; finite.</param>
public sealed record RatingPredictions(double[] Values) : Predictions
{
    /// <inheritdoc/>
    public override int Count => Values.Length;
}

/// <summary>Scores of a model that ranks but predicts no ratings; only their order within a user has a
/// meaning.</summary>
/// <param name="Values">One value a row; finite, larger is better.</param>
public sealed record ScorePredictions(double[] Values) : Predictions
{
    /// <inheritdoc/>
    public override int Count => Values.Length;
}

/// <summary>Predicted probabilities of the positive class, and the decisions made from them.</summary>
/// <param name="Probabilities">One value a row, in [0, 1].</param>
/// <param name="Threshold">A row is decided positive where its probability is at least this.</param>
public sealed record ClassPredictions(double[] Probabilities, double Threshold = 0.5) : Predictions
{
    /// <inheritdoc/>
    public override int Count => Probabilities.Length;

    /// <summary>1 where positive, 0 where negative.</summary>
    public int[] Decisions => Array.ConvertAll(Probabilities, p => p >= Threshold ? 1 : 0);
}
