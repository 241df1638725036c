using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>The factors of each row's user, or item: those of the model, or, for one that was not there in training,
/// those that the columns of the data tell.</summary>
public sealed class EntityVectors
{
    private readonly int[] _codes;
    private readonly int[] _ownCodes;
    private readonly Dictionary<int, int> _placeOf;
    private readonly FactorSide _known;
    private readonly FactorSide _described;

    /// <summary>Finds who is in the rows, and has those described whom the model does not know.</summary>
    /// <param name="column">Who is in each row.</param>
    /// <param name="vocabulary">The codes of the model.</param>
    /// <param name="known">Factors by code.</param>
    /// <param name="describe">Gives the factors of others, one row for each, from their codes in the vocabulary of
    /// <paramref name="column"/>. It is called once, at once, and where there are none as well.</param>
    public EntityVectors(
        CategoricalColumn column, Vocabulary vocabulary, FactorSide known, Func<int[], FactorSide> describe)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(describe);
        _codes = TrainingColumns.CodesIn(column, vocabulary).ToArray();
        _ownCodes = column.Codes.ToArray();
        _known = known;
        var others = _ownCodes.Where((code, row) => code >= 0 && _codes[row] < 0).Distinct().ToArray();
        _placeOf = others.Index().ToDictionary(place => place.Item, place => place.Index);
        _described = describe(others);
    }

    /// <summary>Codes of the users, or items, of some data that are not in a vocabulary.</summary>
    /// <param name="column">The users, or items; null for none.</param>
    /// <param name="known">The vocabulary.</param>
    public static int[] Others(CategoricalColumn? column, Vocabulary known) => column is null
        ? []
        : [.. column.Vocabulary.MapTo(known).Index().Where(code => code.Item < 0).Select(code => code.Index)];

    /// <summary>A vocabulary and more, by their codes in a column.</summary>
    /// <param name="known">The vocabulary; its codes stay what they are.</param>
    /// <param name="column">The column.</param>
    /// <param name="codes">Codes of the column that are not in <paramref name="known"/>.</param>
    public static Vocabulary Add(Vocabulary known, CategoricalColumn column, int[] codes)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(codes);
        return new Vocabulary([.. known.Values, .. codes.Select(code => column.Vocabulary[code])]);
    }

    /// <summary>Factors in a row, with their padding; empty where the row names nobody.</summary>
    public ReadOnlySpan<float> FactorsOf(int row) => _codes[row] >= 0 ? _known.FactorsOf(_codes[row])
        : _ownCodes[row] >= 0 ? _described.FactorsOf(_placeOf[_ownCodes[row]])
        : default;

    /// <summary>Bias in a row; 0 where the row names nobody.</summary>
    public double BiasOf(int row) => _codes[row] >= 0 ? _known.BiasOf(_codes[row])
        : _ownCodes[row] >= 0 ? _described.BiasOf(_placeOf[_ownCodes[row]])
        : 0;
}
