using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.FactorizationMachine;
using Evenhand.Learning.Text.Features;

namespace Evenhand.Torch.TwoTower;

/// <summary>What is known of users, or of items, as the sparse features of a tower.</summary>
/// <remarks>Only columns with the role <c>feature</c> are read. First come those of numbers and categories: 1 for a
/// category, a number less its mean and divided by its deviation and by the root of how many such columns there are, so
/// that an image vector of 512 numbers counts no more than a category. Then n-grams of the texts, as TF-IDF of length
/// 1.</remarks>
internal sealed class TowerInputs
{
    private readonly EntityFeatures _columns;
    private readonly TextFeatures? _texts;
    private readonly TextOptions _textOptions;
    private readonly string[] _textColumns;
    private readonly float[] _scales;

    private TowerInputs(EntityFeatures columns, TextFeatures? texts, TextOptions textOptions, string[] textColumns)
    {
        _columns = columns;
        _texts = texts;
        _textOptions = textOptions;
        _textColumns = textColumns;
        var numbers = columns.Columns.Count(column => column.Categories is null);
        _scales = [.. columns.Columns.SelectMany(column => Enumerable.Repeat(
            column.Categories is null ? (float)(1 / Math.Sqrt(numbers)) : 1, column.Count))];
    }

    /// <summary>Number of features.</summary>
    public int Count => _columns.Count + (_texts?.ColumnCount ?? 0);

    /// <summary>Learns the features that training data gives, and gives those of all users or items in it.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="occurring">Codes of those that have training rows.</param>
    /// <param name="options">Which columns are used.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <returns>The inputs, and a row for each code.</returns>
    public static (TowerInputs Inputs, SparseMatrix Features) Of(
        Dataset train, GroupSide side, int[] occurring, TwoTowerOptions options, FitContext context)
    {
        var used = side == GroupSide.User ? options.UseUserFeatures : options.UseItemFeatures;
        var columns = EntityFeatures.Of(train, side, occurring, used, options.UseGroupAttributes);
        var textOptions = new TextOptions
        {
            WordNgrams = options.WordNgrams,
            VocabularySize = options.VocabularySize,
            MinimumDocumentFrequency = 2,
        };
        string[] textColumns = used && options.VocabularySize > 0
            ? [.. TableOf(train, side)?.Columns.OfType<TextColumn>()
                .Where(column => column.Roles.HasFlag(ColumnRoles.Feature)).Select(column => column.Name) ?? []]
            : [];
        var column = side == GroupSide.User ? train.UserColumn! : train.ItemColumn!;
        int[] all = [.. Enumerable.Range(0, column.Vocabulary.Count)];
        var texts = Texts(train, side, textColumns, all);
        if ((side == GroupSide.User ? options.UseReviewsOfUser : options.UseReviewsOfItem) && options.VocabularySize > 0)
        {
            texts = WithReviews(texts, column, train.Text);
        }

        if (Array.TrueForAll(texts, string.IsNullOrEmpty))
        {
            var plain = new TowerInputs(columns, null, textOptions, []);
            return (plain, plain.Join(columns.Encode(train, side, all), null));
        }

        var (features, _) = TextFeatures.Fit(
            new TextColumn("text", Array.ConvertAll(occurring, code => texts[code])),
            textOptions,
            context.Threads,
            context.CancellationToken);
        var inputs = new TowerInputs(columns, features, textOptions, textColumns);
        var words = features.Transform(new TextColumn("text", texts), context.Threads, context.CancellationToken);
        return (inputs, inputs.Join(columns.Encode(train, side, all), words));
    }

    /// <summary>The features of users or items by what the tables of some data say of them.</summary>
    /// <param name="data">The data; a column that it lacks describes nobody.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="entities">Codes in the data's own vocabulary.</param>
    /// <param name="cancellationToken">Polled in texts.</param>
    /// <returns>One row for each of <paramref name="entities"/>.</returns>
    /// <exception cref="InputException">A column is not of the kind that it was of in training.</exception>
    public SparseMatrix Encode(Dataset data, GroupSide side, int[] entities, CancellationToken cancellationToken) => Join(
        _columns.Encode(data, side, entities),
        _texts?.Transform(
            new TextColumn("text", Texts(data, side, _textColumns, entities)), threads: 1, cancellationToken));

    public static TowerInputs Read(ModelReader reader)
    {
        var textOptions = new TextOptions
        {
            WordNgrams = (int)reader.ReadDouble("wordNgrams"),
            VocabularySize = (int)reader.ReadDouble("vocabularySize"),
        };
        return new TowerInputs(
            EntityFeatures.Read(reader, "entity"),
            reader.Has("textColumns") ? TextFeatures.Read(reader, textOptions) : null,
            textOptions,
            reader.Has("textColumns") ? [.. reader.ReadVocabulary("textColumns").Values] : []);
    }

    public void Write(ModelWriter writer)
    {
        writer.Write("wordNgrams", _textOptions.WordNgrams);
        writer.Write("vocabularySize", _textOptions.VocabularySize);
        _columns.Write(writer, "entity");
        if (_texts is not null)
        {
            writer.Write("textColumns", new Vocabulary(_textColumns));
            _texts.Write(writer);
        }
    }

    private static Table? TableOf(Dataset data, GroupSide side) => side == GroupSide.User ? data.Users : data.Items;

    // The texts of each entity's columns, one after the other.
    private static string?[] Texts(Dataset data, GroupSide side, string[] columns, int[] entities)
    {
        var table = TableOf(data, side);
        var found = columns.Select(name => table?.Find(name)).OfType<TextColumn>().ToArray();
        return Array.ConvertAll(
            entities,
            entity => found.Length == 0 ? null : string.Join('\n', found.Select(column => column.Values[entity])));
    }

    private static string?[] WithReviews(string?[] texts, CategoricalColumn column, TextColumn? reviews)
    {
        if (reviews is null)
        {
            return texts;
        }

        var own = Enumerable.Range(0, reviews.Length).Where(row => column.Codes[row] >= 0)
            .ToLookup(row => column.Codes[row], row => reviews.Values[row]);
        return [.. texts.Select((text, code) => string.Join('\n', own[code].Prepend(text)))];
    }

    private SparseMatrix Join(SparseMatrix columns, SparseMatrix? words)
    {
        var starts = new int[columns.RowCount + 1];
        var (features, values) = (new List<int>(), new List<float>());
        for (var row = 0; row < columns.RowCount; row++)
        {
            var own = columns.ColumnsOf(row);
            for (var i = 0; i < own.Length; i++)
            {
                features.Add(own[i]);
                values.Add(columns.ValuesOf(row)[i] * _scales[own[i]]);
            }

            if (words is not null)
            {
                foreach (var word in words.ColumnsOf(row))
                {
                    features.Add(_columns.Count + word);
                }

                values.AddRange(words.ValuesOf(row));
            }

            starts[row + 1] = features.Count;
        }

        return new SparseMatrix(starts, [.. features], [.. values], Count);
    }

    // Texts are cleaned and weighed as the linear learners do it by default.
    private sealed record TextOptions : TextFeatureOptions;
}
