using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.GroupCalibration;

/// <summary>A model of ratings whose predictions are corrected by a line for each group of users. It ranks as the model
/// within.</summary>
public sealed class GroupCalibratedModel : RecommenderModel
{
    internal const string Kind = "group-calibrated";

    private readonly GroupCalibrationOptions _options;
    private readonly RecommenderModel _model;
    private readonly int[] _userGroups;
    private readonly Vocabulary _groups;
    private readonly CorrectionLine[] _lines;
    private readonly double _low;
    private readonly double _high;

    internal GroupCalibratedModel(
        GroupCalibrationOptions options,
        RecommenderModel model,
        int[] userGroups,
        Vocabulary groups,
        CorrectionLine[] lines,
        double low,
        double high)
    {
        _options = options;
        _model = model;
        _userGroups = userGroups;
        _groups = groups;
        _lines = lines;
        _low = low;
        _high = high;
    }

    /// <inheritdoc/>
    public override string LearnerName => _model.LearnerName;

    /// <inheritdoc/>
    public override Vocabulary Users => _model.Users;

    /// <inheritdoc/>
    public override Vocabulary Items => _model.Items;

    /// <inheritdoc/>
    public override string ModelKind => Kind;

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores) => _model.Score(user, scores);

    /// <summary>Predicts ratings.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        if (_model.Predict(data, cancellationToken) is not RatingPredictions ratings)
        {
            throw new InputException(
                $"'{GroupCalibration.MitigationName}' corrects predicted ratings; '{LearnerName}' predicts scores.");
        }

        var users = TrainingColumns.CodesIn(TrainingColumns.Users(data, LearnerName), Users);
        var given = GivenGroups(data);
        var values = new double[ratings.Count];
        for (var row = 0; row < values.Length; row++)
        {
            var group = users[row] >= 0 ? _userGroups[users[row]] : Vocabulary.Missing;
            group = group < 0 && given is not null ? given[row] : group;
            values[row] = group < 0 ? ratings.Values[row] : Correct(ratings.Values[row], _lines[group]);
        }

        return new RatingPredictions(values);
    }

    internal static GroupCalibratedModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<GroupCalibrationOptions>();
        var model = reader.ReadModel<RecommenderModel>("model");
        var groups = reader.ReadVocabulary("groups");
        var offsets = reader.ReadArray<double>("offsets", groups.Count);
        var slopes = reader.ReadArray<double>("slopes", groups.Count);
        var center = reader.ReadDouble("center");
        var userGroups = reader.ReadArray<int>("userGroups", model.Users.Count);
        return userGroups.All(group => group >= Vocabulary.Missing && group < groups.Count)
            ? new GroupCalibratedModel(
                options,
                model,
                userGroups,
                groups,
                [.. offsets.Zip(slopes, (offset, slope) => new CorrectionLine(offset, slope, center))],
                reader.ReadDouble("labelLow"),
                reader.ReadDouble("labelHigh"))
            : throw new InvalidOperationException("a group of a user is out of range");
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("model", _model);
        writer.Write("groups", _groups);
        writer.Write<double>("offsets", Array.ConvertAll(_lines, line => line.Offset));
        writer.Write<double>("slopes", Array.ConvertAll(_lines, line => line.Slope));
        writer.Write("center", _lines.Length == 0 ? 0 : _lines.Max(line => line.Center));
        writer.Write("labelLow", _low);
        writer.Write("labelHigh", _high);
        writer.Write<int>("userGroups", _userGroups);
    }

    private double Correct(double rating, CorrectionLine line) => Math.Clamp(
        rating + (_options.Strength * line.At(rating)), Math.Min(_low, rating), Math.Max(_high, rating));

    // Group of each row's user as the data says, in the codes of this model; null where the data says nothing.
    private int[]? GivenGroups(Dataset data)
    {
        if (data.FindGroup(_options.Group) is not { } group)
        {
            return null;
        }

        var map = group.Column.Vocabulary.MapTo(_groups);
        return Array.ConvertAll(data.GroupCodes(group), code => code < 0 ? code : map[code]);
    }
}
