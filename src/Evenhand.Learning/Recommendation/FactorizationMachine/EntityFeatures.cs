using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Features;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>The features that columns with the role <c>feature</c> give users, or items: one for each category, one for
/// each standardized number. Immutable.</summary>
public sealed class EntityFeatures
{
    private readonly FeatureColumn[] _columns;

    private EntityFeatures(FeatureColumn[] columns)
    {
        _columns = columns;
        Count = columns.Sum(column => column.Count);
    }

    /// <summary>Number of features.</summary>
    public int Count { get; }

    /// <summary>The columns that are used; their features follow each other.</summary>
    public IReadOnlyList<FeatureColumn> Columns => _columns;

    /// <summary>Learns which features the columns have.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="occurring">Codes of those that have training rows.</param>
    /// <param name="used">Whether columns are used at all.</param>
    /// <param name="useGroups">Whether columns that tell a group are used.</param>
    public static EntityFeatures Of(
        Dataset data, GroupSide side, ReadOnlySpan<int> occurring, bool used, bool useGroups)
    {
        ArgumentNullException.ThrowIfNull(data);
        var columns = new List<FeatureColumn>();
        var sensitive = useGroups ? [] : GroupColumns.Of(data, side);
        foreach (var column in used ? TableOf(data, side)?.Columns ?? [] : [])
        {
            if (!column.Roles.HasFlag(ColumnRoles.Feature))
            {
                continue;
            }

            if (FeatureColumn.Of(column, occurring) is not { } features)
            {
                continue;
            }

            var tells = false;
            foreach (var group in sensitive)
            {
                tells |= group.Name == column.Name || GroupColumns.Tells(column, group, occurring);
            }

            if (!tells)
            {
                columns.Add(features);
            }
        }

        return new EntityFeatures([.. columns]);
    }

    /// <summary>The features of the given entities of a data set.</summary>
    /// <param name="data">The data; a column that it lacks describes nobody.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="entities">Codes in the data's own vocabulary; none negative.</param>
    /// <returns>One row for each of <paramref name="entities"/>.</returns>
    /// <exception cref="InputException">A column is not of the kind that it was of in training.</exception>
    public SparseMatrix Encode(Dataset data, GroupSide side, ReadOnlySpan<int> entities)
    {
        ArgumentNullException.ThrowIfNull(data);
        var sources = Array.ConvertAll(_columns, column => Source.Of(column, TableOf(data, side)?.Find(column.Name)));
        var starts = new int[entities.Length + 1];
        var features = new List<int>();
        var values = new List<float>();
        for (var row = 0; row < entities.Length; row++)
        {
            var first = 0;
            foreach (var source in sources)
            {
                if (source.TryRead(entities[row], out var feature, out var value))
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

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The model's state.</param>
    /// <param name="side">Beginning of the names in it.</param>
    public static EntityFeatures Read(ModelReader reader, string side)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var names = reader.ReadVocabulary($"{side}Columns");
        var numbers = reader.ReadArray<double>($"{side}ColumnNumbers", checked(5 * names.Count));
        var columns = new FeatureColumn[names.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var own = numbers.AsSpan(5 * i, 5);
            var categories = own[4] > 0 ? reader.ReadVocabulary($"{side}Column{i}") : null;
            columns[i] = new FeatureColumn(names[i], categories, own[0], own[1], own[2], own[3]);
        }

        return new EntityFeatures(columns);
    }

    /// <summary>Writes what the features are as a part of a model's state.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="side">Beginning of the names under which it is written.</param>
    public void Write(ModelWriter writer, string side)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write($"{side}Columns", new Vocabulary(_columns.Select(column => column.Name)));
        var numbers = new double[5 * _columns.Length];
        for (var i = 0; i < _columns.Length; i++)
        {
            var column = _columns[i];
            double[] own = [column.Mean, column.Deviation, column.Low, column.High, column.Categories is null ? 0 : 1];
            own.CopyTo(numbers, 5 * i);
            if (column.Categories is not null)
            {
                writer.Write($"{side}Column{i}", column.Categories);
            }
        }

        writer.Write<double>($"{side}ColumnNumbers", numbers);
    }

    private static Table? TableOf(Dataset data, GroupSide side) => side == GroupSide.User ? data.Users : data.Items;

    /// <summary>A column of some data beside the features that it had in training.</summary>
    private sealed record Source(
        FeatureColumn Column, CategoricalColumn? Categories, int[] Codes, NumericColumn? Numbers)
    {
        public static Source Of(FeatureColumn column, Column? found) => (column.Categories, found) switch
        {
            (_, null) => new Source(column, null, [], null),
            ({ } known, CategoricalColumn categories) =>
                new Source(column, categories, categories.Vocabulary.MapTo(known), null),
            (null, NumericColumn numbers) => new Source(column, null, [], numbers),
            _ => throw new InputException(
                $"Column '{column.Name}' held {(column.Categories is null ? "numbers" : "categories")} when the model "
                + "was fitted, and holds something else here."),
        };

        public bool TryRead(int entity, out int feature, out float value)
        {
            (feature, value) = (0, 1);
            if (Categories is not null)
            {
                feature = Categories.IsMissing(entity) ? Vocabulary.Missing : Codes[Categories.Codes[entity]];
                return feature >= 0;
            }

            if (Numbers is null || double.IsNaN(Numbers.Values[entity]))
            {
                return false;
            }

            var number = Math.Clamp(Numbers.Values[entity], Column.Low, Column.High);
            value = (float)((number - Column.Mean) / Column.Deviation);
            return true;
        }
    }
}
