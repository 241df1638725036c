using Evenhand.Data;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.MaximalMarginalRelevance;

/// <summary>Cosine of sets: of the training users of two items, or of their groups (one each, or none where it is
/// unknown).</summary>
internal sealed class ItemLikeness
{
    private readonly int[] _starts;
    private readonly int[] _members;

    private ItemLikeness(int[] starts, int[] members)
    {
        _starts = starts;
        _members = members;
    }

    public static ItemLikeness OfGroups(int[] groups) => Of(
        groups.Length,
        [.. Enumerable.Range(0, groups.Length).Where(item => groups[item] >= 0).Select(item => (item, groups[item]))]);

    public static ItemLikeness OfUsers(RecommenderModel model, Dataset train)
    {
        var items = TrainingColumns.CodesIn(TrainingColumns.Items(train, model.LearnerName), model.Items);
        var users = TrainingColumns.CodesIn(TrainingColumns.Users(train, model.LearnerName), model.Users);
        var pairs = new List<(int Item, int Member)>(items.Length);
        for (var row = 0; row < items.Length; row++)
        {
            if (items[row] >= 0 && users[row] >= 0)
            {
                pairs.Add((items[row], users[row]));
            }
        }

        return Of(model.Items.Count, pairs);
    }

    /// <summary><c>|A and B| / sqrt(|A| |B|)</c>, in [0, 1]; 0 where a set is empty.</summary>
    public double Between(int item, int other)
    {
        var first = MembersOf(item);
        var second = MembersOf(other);
        var (a, b, common) = (0, 0, 0);
        while (a < first.Length && b < second.Length)
        {
            var order = first[a].CompareTo(second[b]);
            common += order == 0 ? 1 : 0;
            a += order <= 0 ? 1 : 0;
            b += order >= 0 ? 1 : 0;
        }

        return common == 0 ? 0 : common / Math.Sqrt((double)first.Length * second.Length);
    }

    public static ItemLikeness Read(ModelReader reader)
    {
        var members = reader.ReadArray<int>("members");
        var starts = reader.ReadArray<int>("memberStarts");
        return starts.Length > 0 && starts[0] == 0 && starts[^1] == members.Length
            && starts.Zip(starts.Skip(1)).All(pair => pair.First <= pair.Second)
            ? new ItemLikeness(starts, members)
            : throw new InvalidOperationException("the sets of the items do not fit together");
    }

    public void Write(ModelWriter writer)
    {
        writer.Write<int>("members", _members);
        writer.Write<int>("memberStarts", _starts);
    }

    private ReadOnlySpan<int> MembersOf(int item) => _members.AsSpan(_starts[item].._starts[item + 1]);

    private static ItemLikeness Of(int count, List<(int Item, int Member)> pairs)
    {
        pairs.Sort();
        var starts = new int[count + 1];
        var members = new List<int>(pairs.Count);
        for (var i = 0; i < pairs.Count; i++)
        {
            if (i == 0 || pairs[i] != pairs[i - 1])
            {
                members.Add(pairs[i].Member);
                starts[pairs[i].Item + 1]++;
            }
        }

        for (var item = 0; item < count; item++)
        {
            starts[item + 1] += starts[item];
        }

        return new ItemLikeness(starts, [.. members]);
    }
}
