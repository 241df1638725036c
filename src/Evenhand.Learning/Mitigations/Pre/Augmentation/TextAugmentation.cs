using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Splits;

namespace Evenhand.Learning.Mitigations.Pre.Augmentation;

/// <summary>Changes the texts of training rows, or adds rows with changed texts.</summary>
internal static class TextAugmentation
{
    /// <summary>The rows, and behind them copies of some with other texts: label, weight, user, item and groups are
    /// those of the row, except groups that come from the text.</summary>
    public static Dataset Add(
        Dataset train, IReadOnlyList<(int Row, string Text)> copies, CancellationToken cancellationToken)
    {
        if (copies.Count == 0)
        {
            return train;
        }

        var rows = new int[train.RowCount + copies.Count];
        var texts = new string?[rows.Length];
        train.Text!.Values.CopyTo(texts);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i < train.RowCount ? i : copies[i - train.RowCount].Row;
            texts[i] = i < train.RowCount ? texts[i] : copies[i - train.RowCount].Text;
        }

        return WithTexts(train.Select(rows), texts, cancellationToken);
    }

    /// <summary>The rows, some with other texts.</summary>
    public static Dataset Replace(
        Dataset train, IReadOnlyList<(int Row, string Text)> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return train;
        }

        string?[] texts = [.. train.Text!.Values];
        foreach (var (row, text) in changes)
        {
            texts[row] = text;
        }

        return WithTexts(train, texts, cancellationToken);
    }

    private static Dataset WithTexts(Dataset data, string?[] texts, CancellationToken cancellationToken) =>
        IdentityGroups.Refresh(
            data.WithRows(data.Rows.With(new TextColumn(data.Text!.Name, texts, data.Text.Roles))), cancellationToken);
}
