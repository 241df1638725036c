using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Features;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Tabular;

/// <summary>The columns with the role <c>feature</c> as a matrix. Learned from training rows; immutable.</summary>
/// <remarks>
/// Numbers are standardized: less their mean, by their standard deviation. Each category that occurs in training has a
/// column that is 1 where the row has it. A missing value is told apart: the number is 0 (the mean), no category is 1,
/// and a column of its own says that the value is missing, where training rows lack it too. A category that training
/// does not have counts as none.
/// </remarks>
internal sealed class TabularFeatures
{
    private readonly FeatureColumn[] _columns;

    private TabularFeatures(FeatureColumn[] columns)
    {
        _columns = columns;
        Count = columns.Sum(column => column.Count);
    }

    /// <summary>Number of features.</summary>
    public int Count { get; }

    /// <summary>Learns the features of training rows.</summary>
    /// <param name="train">The rows.</param>
    /// <param name="useGroupAttributes">Whether columns that tell a group attribute of the rows are features.</param>
    /// <param name="learner">Name of the learner, for messages.</param>
    /// <exception cref="InputException">There is no such column, or one has no value, or is text.</exception>
    public static TabularFeatures Fit(Dataset train, bool useGroupAttributes, string learner)
    {
        ArgumentNullException.ThrowIfNull(train);
        var named = train.Rows.Columns.Where(column => column.Roles.HasFlag(ColumnRoles.Feature)).ToArray();
        if (named.Length == 0)
        {
            throw new InputException(
                $"'{learner}' needs columns with the role feature; '{train.Name}' has none. Its columns: "
                + $"{string.Join(", ", train.Rows.Columns.Select(column => column.Name))}.");
        }

        int[] rows = [.. Enumerable.Range(0, train.RowCount)];
        var sensitive = useGroupAttributes ? [] : GroupColumns.Of(train, GroupSide.Row);
        var columns = named
            .Where(column => !sensitive.Any(
                group => group.Name == column.Name || GroupColumns.Tells(column, group, rows)))
            .Select(column => Of(column, train.Name)).OfType<FeatureColumn>().ToArray();
        return columns.Length > 0 ? new TabularFeatures(columns) : throw new InputException(
            $"'{learner}' has nothing to learn from: each feature of '{train.Name}' tells a group or has one value.");
    }

    /// <summary>The features of rows.</summary>
    /// <param name="data">The rows; columns are found by name, categories by value.</param>
    /// <param name="learner">Name of the learner, for messages.</param>
    /// <exception cref="InputException">A column is missing, or not of the kind that it was of in training.</exception>
    public SparseMatrix Transform(Dataset data, string learner)
    {
        ArgumentNullException.ThrowIfNull(data);
        var sources = Array.ConvertAll(_columns, column => Source.Of(column, data, learner));
        var starts = new int[data.RowCount + 1];
        var features = new List<int>();
        var values = new List<float>();
        for (var row = 0; row < data.RowCount; row++)
        {
            var first = 0;
            foreach (var source in sources)
            {
                if (source.TryRead(row, out var feature, out var value))
                {
                    features.Add(first + feature);
                    values.Add(value);
                }

                first += source.Column.Count;
            }

            starts[row + 1] = features.Count;
        }

        return new SparseMatrix(starts, [.. features], [.. values], Count);
    }

    /// <summary>Writes what was learned.</summary>
    public void Write(ModelWriter writer)
    {
        writer.Write("columns", new Vocabulary(_columns.Select(column => column.Name)));
        writer.Write<double>("means", Array.ConvertAll(_columns, column => column.Mean));
        writer.Write<double>("deviations", Array.ConvertAll(_columns, column => column.Deviation));
        writer.Write<byte>("missing", Array.ConvertAll(_columns, column => (byte)(column.HasMissing ? 1 : 0)));
        writer.Write<byte>("categorical", Array.ConvertAll(_columns, c => (byte)(c.Categories is null ? 0 : 1)));
        foreach (var (index, column) in _columns.Index())
        {
            if (column.Categories is { } categories)
            {
                writer.Write($"categories{index}", categories);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static TabularFeatures Read(ModelReader reader)
    {
        var names = reader.ReadVocabulary("columns");
        var means = reader.ReadArray<double>("means", names.Count);
        var deviations = reader.ReadArray<double>("deviations", names.Count);
        var missing = reader.ReadArray<byte>("missing", names.Count);
        var categorical = reader.ReadArray<byte>("categorical", names.Count);
        return new TabularFeatures(
        [
            .. names.Values.Select((name, i) => new FeatureColumn(
                name,
                categorical[i] == 1 ? reader.ReadVocabulary($"categories{i}") : null,
                means[i],
                deviations[i] > 0 ? deviations[i] : throw new InvalidOperationException("A deviation is not positive."),
                missing[i] == 1)),
        ]);
    }

    // Null where a column has one value and lacks none: it says nothing.
    private static FeatureColumn? Of(Column column, string data)
    {
        if (column is not (NumericColumn or CategoricalColumn))
        {
            throw new InputException(
                $"The feature '{column.Name}' of '{data}' is neither a number nor a category; read it as type: number "
                + "or category, or take the role feature from it.");
        }

        if (column.MissingCount == column.Length)
        {
            throw new InputException(
                $"The feature '{column.Name}' of '{data}' has no value in any training row; take the role feature from "
                + "it.");
        }

        var lacks = column.MissingCount > 0;
        if (column is CategoricalColumn categories)
        {
            var occurs = new bool[categories.Vocabulary.Count];
            foreach (var code in categories.Codes)
            {
                if (code >= 0)
                {
                    occurs[code] = true;
                }
            }

            var values = categories.Vocabulary.Values.Where((_, code) => occurs[code]).ToArray();
            return values.Length > 1 || lacks ? new FeatureColumn(column.Name, new Vocabulary(values), 0, 1, lacks) : null;
        }

        var numbers = ((NumericColumn)column).Values.ToArray().Where(double.IsFinite).ToArray();
        if (numbers.Length == 0)
        {
            throw new InputException($"The feature '{column.Name}' of '{data}' has no finite value in training rows.");
        }

        var mean = numbers.Average();
        var deviation = Math.Sqrt(numbers.Average(value => (value - mean) * (value - mean)));
        return deviation > 0 ? new FeatureColumn(column.Name, null, mean, deviation, lacks)
            : lacks ? new FeatureColumn(column.Name, null, mean, 1, lacks)
            : null;
    }

    // A column of some data, as the features of training have it.
    private sealed record Source(FeatureColumn Column, Column Data, int[] Places)
    {
        public static Source Of(FeatureColumn column, Dataset data, string learner)
        {
            var found = data.Rows.Find(column.Name) ?? throw new InputException(
                $"A model of '{learner}' needs the column '{column.Name}', which '{data.Name}' does not have. Its columns: "
                + $"{string.Join(", ", data.Rows.Columns.Select(c => c.Name))}.");
            return (column.Categories, found) switch
            {
                (null, NumericColumn) => new Source(column, found, []),
                ({ } known, CategoricalColumn categories) =>
                    new Source(column, found, categories.Vocabulary.MapTo(known)),
                _ => throw new InputException(
                    $"The column '{column.Name}' of '{data.Name}' holds {(column.Categories is null ? "no numbers" : "no "
                    + "categories")}, as it did where the model of '{learner}' was fitted."),
            };
        }

        // At most one feature of a column is not 0.
        public bool TryRead(int row, out int feature, out float value)
        {
            (feature, value) = (0, 1);
            if (Data is CategoricalColumn categories)
            {
                feature = categories.Codes[row] < 0
                    ? Column.HasMissing ? Column.Categories!.Count : Vocabulary.Missing
                    : Places[categories.Codes[row]];
                return feature >= 0;
            }

            var number = ((NumericColumn)Data).Values[row];
            if (!double.IsFinite(number))
            {
                feature = 1;
                return Column.HasMissing;
            }

            value = (float)((number - Column.Mean) / Column.Deviation);
            return value != 0;
        }
    }
}
