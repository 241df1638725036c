using Evenhand.Configuration.Randomness;
using Evenhand.Learning;
using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>Texts with what is known of them, from which batches are made.</summary>
/// <param name="Texts">The tokens.</param>
/// <param name="PaddingId">The token that fills short texts.</param>
/// <param name="Targets">What is to be learned; null where nothing is told.</param>
/// <param name="Weights">Weight of each row's loss; null for 1.</param>
/// <param name="Groups">The groups of the rows; null for none.</param>
internal sealed record TrainingTexts(
    TokenizedTexts Texts,
    int PaddingId,
    TextTargets? Targets = null,
    double[]? Weights = null,
    RowGroups? Groups = null)
{
    /// <summary>Number of rows.</summary>
    public int RowCount => Texts.RowCount;

    /// <summary>Sum of the rows' weights.</summary>
    public double TotalWeight(ReadOnlySpan<int> rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += Weights?[row] ?? 1;
        }

        return sum;
    }

    /// <summary>A batch of rows, filled to the longest of them.</summary>
    /// <param name="rows">Numbers of the rows.</param>
    /// <param name="device">Where its tensors are to be.</param>
    /// <param name="seeds">The randomness that belongs to it, or null.</param>
    public TokenBatch Batch(int[] rows, Device device, SeedTree? seeds = null)
    {
        var length = rows.Max(Texts.Length);
        var ids = new long[rows.Length * length];
        var mask = rows.All(row => Texts.Length(row) == length) ? null : new float[ids.Length];
        var types = Texts.HasSegments ? new long[ids.Length] : null;
        for (var i = 0; i < rows.Length; i++)
        {
            var to = i * length;
            var tokens = Texts.Ids(rows[i]);
            for (var j = 0; j < tokens.Length; j++)
            {
                ids[to + j] = tokens[j];
            }

            ids.AsSpan(to + tokens.Length, length - tokens.Length).Fill(PaddingId);
            mask?.AsSpan(to, tokens.Length).Fill(1);
            var segments = Texts.Segments(rows[i]);
            for (var j = 0; j < segments.Length; j++)
            {
                types![to + j] = segments[j];
            }
        }

        return new TokenBatch
        {
            Rows = rows,
            Ids = tensor(ids, [rows.Length, length]).to(device),
            Types = types is null ? null : tensor(types, [rows.Length, length]).to(device),
            Mask = mask is null ? null : tensor(mask, [rows.Length, length]).to(device),
            Targets = Targets?.Of(rows).to(device),
            Weights = tensor(Array.ConvertAll(rows, row => (float)(Weights?[row] ?? 1))).to(device),
            TotalWeight = TotalWeight(rows),
            Groups = Groups is null ? null : tensor(Array.ConvertAll(rows, row => (long)Groups.Codes[row])).to(device),
            Seeds = seeds,
        };
    }
}
