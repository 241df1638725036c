using Evenhand.Data.Columns;

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

/// <summary>Predicted probabilities of each of several classes, of which a row belongs to one.</summary>
/// <param name="Classes">The classes.</param>
/// <param name="Probabilities">Of class c of row r at <c>r * Classes.Count + c</c>; those of a row sum to 1.</param>
public sealed record MulticlassPredictions(Vocabulary Classes, double[] Probabilities) : Predictions
{
    /// <inheritdoc/>
    public override int Count => Probabilities.Length / Classes.Count;

    /// <summary>Code of the most probable class of each row; the first of equals.</summary>
    public int[] Decisions
    {
        get
        {
            var decisions = new int[Count];
            for (var row = 0; row < decisions.Length; row++)
            {
                var of = Probabilities.AsSpan(row * Classes.Count, Classes.Count);
                for (var c = 1; c < of.Length; c++)
                {
                    decisions[row] = of[c] > of[decisions[row]] ? c : decisions[row];
                }
            }

            return decisions;
        }
    }
}

/// <summary>Predicted probabilities of each of several labels, of which a row has any number.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="Probabilities">Of label l of row r at <c>r * Labels.Count + l</c>, in [0, 1].</param>
/// <param name="Threshold">A row is decided to have a label where its probability is at least this.</param>
public sealed record MultiLabelPredictions(Vocabulary Labels, double[] Probabilities, double Threshold = 0.5)
    : Predictions
{
    /// <inheritdoc/>
    public override int Count => Probabilities.Length / Labels.Count;

    /// <summary>1 where a row has a label, in the order of <see cref="Probabilities"/>.</summary>
    public int[] Decisions => Array.ConvertAll(Probabilities, p => p >= Threshold ? 1 : 0);
}
