using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post;

/// <summary>The groups of items, and how each user's training rows are spread over them.</summary>
public sealed class UserProfiles
{
    private readonly double[] _overall;
    private readonly double[] _shares;

    private UserProfiles(ItemGrouping grouping, double[] overall, double[] shares)
    {
        Grouping = grouping;
        _overall = overall;
        _shares = shares;
    }

    /// <summary>Groups of the model's items.</summary>
    public ItemGrouping Grouping { get; }

    /// <summary>Share of each group among the user's rows; among all training rows for a user who is unknown or has no
    /// row of a known group. The shares sum to 1, or are all 0 where no training row has a known group.</summary>
    /// <param name="user">Code in the model, or a negative number for an unknown user.</param>
    public ReadOnlySpan<double> Of(int user)
    {
        var own = user < 0 ? [] : _shares.AsSpan(user * Grouping.Count, Grouping.Count);
        return own.ContainsAnyExcept(0.0) ? own : _overall;
    }

    /// <summary>Counts the training rows.</summary>
    /// <param name="grouping">Groups of the model's items.</param>
    /// <param name="train">The training rows; their weights count.</param>
    /// <param name="model">The model whose codes are used.</param>
    public static UserProfiles Of(ItemGrouping grouping, Dataset train, RecommenderModel model)
    {
        ArgumentNullException.ThrowIfNull(grouping);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(model);
        var items = TrainingColumns.CodesIn(TrainingColumns.Items(train, model.LearnerName), model.Items);
        var users = TrainingColumns.CodesIn(TrainingColumns.Users(train, model.LearnerName), model.Users);
        var weights = TrainingColumns.Weights(train);
        var groups = grouping.Count;
        var overall = new double[groups];
        var shares = new double[model.Users.Count * groups];
        for (var row = 0; row < items.Length; row++)
        {
            if (items[row] >= 0 && users[row] >= 0 && grouping[items[row]] is var group and >= 0)
            {
                var weight = weights is null ? 1 : weights.Values[row];
                overall[group] += weight;
                shares[(users[row] * groups) + group] += weight;
            }
        }

        ItemGrouping.Normalize(overall);
        for (var user = 0; user < model.Users.Count; user++)
        {
            ItemGrouping.Normalize(shares.AsSpan(user * groups, groups));
        }

        return new UserProfiles(grouping, overall, shares);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The re-ranker's state.</param>
    public static UserProfiles Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var grouping = ItemGrouping.Read(reader);
        return new UserProfiles(
            grouping,
            reader.ReadArray<double>("overallShares", grouping.Count),
            reader.ReadArray<double>("userShares"));
    }

    /// <summary>Writes groups and shares as a part of a re-ranker's state.</summary>
    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Grouping.Write(writer);
        writer.Write<double>("overallShares", _overall);
        writer.Write<double>("userShares", _shares);
    }
}
