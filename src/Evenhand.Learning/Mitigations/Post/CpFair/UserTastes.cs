using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.CpFair;

/// <summary>Groups of users and what they choose.</summary>
/// <param name="Codes">Group of each user of the model; <see cref="Vocabulary.Missing"/> where unknown.</param>
/// <param name="Count">Number of groups.</param>
/// <param name="Shares">P(i | g): share of each item in the training rows of each group, group by group.</param>
internal sealed record UserTastes(int[] Codes, int Count, double[] Shares)
{
    /// <summary>Group of a user; negative for users who are unknown or of unknown group.</summary>
    public int GroupOf(int user) => user < 0 ? Vocabulary.Missing : Codes[user];

    /// <summary>Share of each item in the rows of a group.</summary>
    public ReadOnlySpan<double> SharesOf(int group)
    {
        var items = Shares.Length / Count;
        return Shares.AsSpan(group * items, items);
    }

    public static UserTastes Of(int[] codes, int count, Dataset train, RecommenderModel model)
    {
        var items = TrainingColumns.CodesIn(TrainingColumns.Items(train, model.LearnerName), model.Items);
        var users = TrainingColumns.CodesIn(TrainingColumns.Users(train, model.LearnerName), model.Users);
        var weights = TrainingColumns.Weights(train);
        var shares = new double[count * model.Items.Count];
        for (var row = 0; row < items.Length; row++)
        {
            if (items[row] >= 0 && users[row] >= 0 && codes[users[row]] is var group and >= 0)
            {
                shares[(group * model.Items.Count) + items[row]] += weights is null ? 1 : weights.Values[row];
            }
        }

        for (var group = 0; group < count; group++)
        {
            ItemGrouping.Normalize(shares.AsSpan(group * model.Items.Count, model.Items.Count));
        }

        return new UserTastes(codes, count, shares);
    }

    public static UserTastes Read(ModelReader reader, int items)
    {
        var count = (int)reader.ReadDouble("userGroupCount");
        var codes = reader.ReadArray<int>("userGroups");
        return codes.All(code => code >= Vocabulary.Missing && code < count)
            ? new UserTastes(codes, count, reader.ReadArray<double>("tastes", count * items))
            : throw new InvalidOperationException("a group of a user is out of range");
    }

    public void Write(ModelWriter writer)
    {
        writer.Write("userGroupCount", Count);
        writer.Write<int>("userGroups", Codes);
        writer.Write<double>("tastes", Shares);
    }
}
