using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Explanations;

/// <summary>Asks any model for the probability of one class.</summary>
internal sealed class ClassProbabilities
{
    private readonly Model _model;
    private readonly int _class;

    private ClassProbabilities(Model model, int code, string name)
    {
        _model = model;
        _class = code;
        Name = name;
    }

    /// <summary>The class.</summary>
    public string Name { get; }

    /// <summary>The probabilities of a class; by default of class 1 of two, of the most probable one for the text
    /// otherwise.</summary>
    /// <exception cref="InputException">The model classifies no texts, or has no such class.</exception>
    public static ClassProbabilities Of(Model model, string text, string? name, CancellationToken cancellationToken)
    {
        var predictions = Predict(model, [text], cancellationToken);
        var (classes, probabilities) = predictions switch
        {
            ClassPredictions two => (
                LabelClasses.Binary.Names, [1 - two.Probabilities[0], two.Probabilities[0]]),
            MulticlassPredictions several => (several.Classes, several.Probabilities),
            MultiLabelPredictions labels => (labels.Labels, labels.Probabilities),
            _ => throw new InputException($"'{model.LearnerName}' classifies no texts, and has nothing to explain."),
        };
        var code = name is null
            ? predictions is ClassPredictions ? 1 : Array.IndexOf(probabilities, probabilities.Max())
            : classes.CodeOf(ValueForm.Of(classes.Values).Name(name));
        return code >= 0
            ? new ClassProbabilities(model, code, classes[code])
            : throw new InputException($"There is no class '{name}'.{NearestName.Hint(name!, classes.Values)}");
    }

    /// <summary>The score that stands for the class, and the sign with which it does: with two classes one score
    /// stands for both.</summary>
    public (int Index, int Sign) Score(LabelClasses classes) =>
        classes.Kind == LabelKind.Binary ? (0, _class == 1 ? 1 : -1) : (_class, 1);

    /// <summary>The probability of the class for each text.</summary>
    public double[] Of(string[] texts, CancellationToken cancellationToken)
    {
        switch (Predict(_model, texts, cancellationToken))
        {
            case ClassPredictions two:
                return _class == 1 ? two.Probabilities : Array.ConvertAll(two.Probabilities, p => 1 - p);
            case MulticlassPredictions several:
                return Take(several.Probabilities, several.Classes.Count);
            case MultiLabelPredictions labels:
                return Take(labels.Probabilities, labels.Labels.Count);
            case var other:
                throw new InvalidOperationException($"'{_model.LearnerName}' predicted {other.GetType().Name}.");
        }

        double[] Take(double[] probabilities, int classes)
        {
            var taken = new double[texts.Length];
            for (var row = 0; row < taken.Length; row++)
            {
                taken[row] = probabilities[(row * classes) + _class];
            }

            return taken;
        }
    }

    private static Predictions Predict(Model model, string[] texts, CancellationToken cancellationToken) =>
        model.Predict(
            new Dataset("texts to explain", new Table([new TextColumn("text", texts, ColumnRoles.Text)])),
            cancellationToken);
}
