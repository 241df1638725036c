using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Tabular;

/// <summary>Scores that are linear in features.</summary>
/// <param name="Coefficients">Of feature j for score c at <c>j * scores + c</c>.</param>
/// <param name="Intercepts">One for each score.</param>
internal sealed record LinearScores(double[] Coefficients, double[] Intercepts)
{
    /// <summary>The scores of rows, row by row.</summary>
    public double[] Of(SparseMatrix rows, CancellationToken cancellationToken)
    {
        var scores = new double[rows.RowCount * Intercepts.Length];
        rows.Multiply(Coefficients, scores, Intercepts.Length, threads: 1, cancellationToken);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] += Intercepts[i % Intercepts.Length];
        }

        return scores;
    }

    public void Write(ModelWriter writer)
    {
        writer.Write<double>("coefficients", Coefficients);
        writer.Write<double>("intercepts", Intercepts);
    }

    public static LinearScores Read(ModelReader reader, int features, int scores) => new(
        reader.ReadArray<double>("coefficients", features * scores), reader.ReadArray<double>("intercepts", scores));
}
