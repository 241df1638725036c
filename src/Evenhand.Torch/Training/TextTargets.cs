using Evenhand.Learning.Classes;
using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>What a classifier is to say of each text, as tensors.</summary>
internal sealed class TextTargets(RowLabels labels)
{
    public LabelClasses Classes => labels.Classes;

    /// <summary>The class codes of all rows, those of a row after their number: equal labels give equal
    /// codes.</summary>
    public int[] AllCodes()
    {
        var codes = new List<int>(2 * labels.RowCount);
        for (var row = 0; row < labels.RowCount; row++)
        {
            var own = labels.Of(row);
            codes.Add(own.Length);
            codes.AddRange(own);
        }

        return [.. codes];
    }

    /// <summary>The class codes of a row.</summary>
    public ReadOnlySpan<int> CodesOf(int row) => labels.Of(row);

    /// <summary>The targets of some rows: class codes, [rows], int64, where a text has one of several classes; else 0
    /// or 1 for each score, [rows, scores], float32.</summary>
    public Tensor Of(ReadOnlySpan<int> rows)
    {
        if (Classes.Kind == LabelKind.Multiclass)
        {
            var codes = new long[rows.Length];
            for (var i = 0; i < codes.Length; i++)
            {
                codes[i] = labels.Codes[rows[i]];
            }

            return tensor(codes);
        }

        var scores = Classes.ScoreCount;
        var targets = new float[rows.Length * scores];
        for (var i = 0; i < rows.Length; i++)
        {
            foreach (var code in labels.Of(rows[i]))
            {
                if (Classes.Kind == LabelKind.Binary)
                {
                    targets[i] = code;
                }
                else
                {
                    targets[(i * scores) + code] = 1;
                }
            }
        }

        return tensor(targets, [rows.Length, scores]);
    }
}
