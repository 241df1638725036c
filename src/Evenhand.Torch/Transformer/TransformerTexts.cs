using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Tokenization;
using Evenhand.Torch.Training;

namespace Evenhand.Torch.Transformer;

/// <summary>The texts of a data set, one or two a row, as a tokenizer gives them to a network.</summary>
internal static class TransformerTexts
{
    /// <summary>The second column with the role text, in the order of columns: the second text of each pair; null where
    /// there is none.</summary>
    public static TextColumn? Second(Dataset data) => data.Rows.Columns
        .OfType<TextColumn>().Where(column => column.Roles.HasFlag(ColumnRoles.Text)).Skip(1).FirstOrDefault();

    /// <summary>The tokens of every row.</summary>
    /// <param name="data">The data.</param>
    /// <param name="learner">Name of the learner, for messages.</param>
    /// <param name="tokenizer">Splits the texts.</param>
    /// <param name="pairs">Whether rows are pairs of texts.</param>
    /// <param name="maximumLength">Most tokens of a row.</param>
    /// <param name="threads">Most threads at work.</param>
    /// <param name="cancellationToken">Polled before each text.</param>
    public static TokenizedTexts Tokenize(
        Dataset data,
        string learner,
        SubwordTokenizer tokenizer,
        bool pairs,
        int maximumLength,
        int threads,
        CancellationToken cancellationToken)
    {
        var first = TrainingColumns.Text(data, learner);
        if (!pairs)
        {
            return TokenizedTexts.Of(
                tokenizer.EncodeAll(first.Values.ToArray(), maximumLength, threads, cancellationToken));
        }

        var second = Second(data) ?? throw new InputException(
            $"The model was fitted to pairs of texts: '{learner}' needs two text columns with the role text; "
            + $"'{data.Name}' has one, '{first.Name}'.");
        return TokenizedTexts.Of(tokenizer.EncodeAllPairs(
            first.Values.ToArray(), second.Values.ToArray(), maximumLength, threads, cancellationToken));
    }
}
