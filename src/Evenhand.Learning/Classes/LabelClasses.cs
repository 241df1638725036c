using Evenhand.Data.Columns;

namespace Evenhand.Learning.Classes;

/// <summary>The classes that a classifier tells apart, and how its scores become predictions.</summary>
/// <param name="Kind">Whether a row has one of two classes, one of several, or any number of labels.</param>
/// <param name="Names">The classes; "0" and "1" where there are two.</param>
public sealed record LabelClasses(LabelKind Kind, Vocabulary Names)
{
    private static readonly Vocabulary NoAndYes = new(["0", "1"]);

    /// <summary>Scores of a row: one log-odds where there are two classes, one for each class otherwise.</summary>
    public int ScoreCount => Kind == LabelKind.Binary ? 1 : Names.Count;

    /// <summary>The classes of a label that is 1 or 0.</summary>
    public static LabelClasses Binary { get; } = new(LabelKind.Binary, NoAndYes);

    /// <summary>Probabilities from scores: by the logistic function, for several classes by softmax.</summary>
    /// <param name="scores"><see cref="ScoreCount"/> of each row, row by row; overwritten.</param>
    /// <returns>One prediction a row, of the type that goes with <see cref="Kind"/>.</returns>
    public Predictions ToPredictions(double[] scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (Kind == LabelKind.Multiclass)
        {
            for (var row = 0; row < scores.Length; row += ScoreCount)
            {
                Softmax(scores.AsSpan(row, ScoreCount));
            }

            return new MulticlassPredictions(Names, scores);
        }

        foreach (ref var score in scores.AsSpan())
        {
            score = Sigmoid(score);
        }

        return Kind == LabelKind.Binary ? new ClassPredictions(scores) : new MultiLabelPredictions(Names, scores);
    }

    /// <summary>1 / (1 + exp(-x)), without overflow.</summary>
    public static double Sigmoid(double x)
    {
        var small = Math.Exp(-Math.Abs(x));
        return (x >= 0 ? 1 : small) / (1 + small);
    }

    /// <summary>exp(x_c) / sum of exp(x), in place and without overflow.</summary>
    public static void Softmax(Span<double> scores)
    {
        var largest = double.NegativeInfinity;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        var sum = 0.0;
        foreach (ref var score in scores)
        {
            score = Math.Exp(score - largest);
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static LabelClasses Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);

        // Models of two classes from before there were others name no classes.
        if (!reader.Has("classes"))
        {
            return Binary;
        }

        return new LabelClasses(
            reader.ReadDouble("multiLabel") != 0 ? LabelKind.MultiLabel : LabelKind.Multiclass,
            reader.ReadVocabulary("classes"));
    }

    /// <summary>Writes the classes as a part of a model's state.</summary>
    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (Kind != LabelKind.Binary)
        {
            writer.Write("multiLabel", Kind == LabelKind.MultiLabel ? 1 : 0);
            writer.Write("classes", Names);
        }
    }
}
