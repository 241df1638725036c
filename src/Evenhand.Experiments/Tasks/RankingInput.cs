using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tasks;

/// <summary>Brings a recommender's lists and the held-out items into the form that metrics read: one row a user who has
/// at least one relevant held-out item; the whole catalogue ranked, seen items masked.</summary>
/// <remarks>The catalogue is every item of the part and the parts before it, in the part's codes, so that models which
/// know different items are measured against the same. A model ranks the items of its training rows, and others where
/// it can tell something of them from their columns.</remarks>
internal static class RankingInput
{
    public static (EvaluationData Data, IReadOnlyList<GroupCodes> Groups) Create(
        MeasurementSettings settings,
        Model model,
        Dataset part,
        IReadOnlyList<Dataset> seen,
        CancellationToken cancellationToken)
    {
        var fitted = model as RecommenderModel ?? throw RowTarget.DoesNotFit(model, "rankings");
        var recommender = fitted.Knowing(part);
        var relevant = RelevantItems(part, settings.RelevanceThreshold);
        int[] users = [.. Enumerable.Range(0, relevant.Length).Where(user => relevant[user].Length > 0)];

        var modelUser = part.UserColumn!.Vocabulary.MapTo(recommender.Users);
        var rankings = TopN.Recommend(
            recommender,
            Array.ConvertAll(users, user => modelUser[user]),
            settings.SampledNegatives is null ? settings.ListLength : recommender.Items.Count,
            Interactions.Join(seen),
            settings.Report.Threads,
            cancellationToken);
        var items = DataItems(recommender, part, out var count);
        foreach (var ranking in rankings)
        {
            for (var place = 0; place < ranking.Length; place++)
            {
                ranking[place] = items[ranking[place]];
            }
        }

        var userCount = part.UserColumn.Vocabulary.Count;
        var seenItems = ItemsOfUsers(seen, userCount);
        if (settings.SampledNegatives is { } negatives)
        {
            var sample = new SampledCandidates(count, negatives, settings.Report.Seeds.Fork("sampled-negatives"));
            for (var i = 0; i < users.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rankings[i] = sample.Keep(
                    rankings[i],
                    settings.ListLength,
                    users[i],
                    relevant[users[i]],
                    seenItems[users[i]]);
            }
        }

        var data = new RankingEvaluation(users, rankings, Array.ConvertAll(users, user => relevant[user]))
        {
            Catalogue = Catalogue(part, ItemsOfUsers([.. seen.Take(1)], userCount), count),
            Seen = Array.ConvertAll(users, user => seenItems[user]),
        };
        return (data, UserGroups(part, users));
    }

    // The data's code of each item of the model. An item that only the model knows gets a code behind those.
    private static int[] DataItems(RecommenderModel recommender, Dataset part, out int count)
    {
        count = part.ItemColumn!.Vocabulary.Count;
        var codes = recommender.Items.MapTo(part.ItemColumn.Vocabulary);
        foreach (ref var code in codes.AsSpan())
        {
            code = code < 0 ? count++ : code;
        }

        return codes;
    }

    // Distinct items of each user, ascending. A code means the same in all parts.
    private static int[][] ItemsOfUsers(
        IReadOnlyList<Dataset> parts, int userCount, Func<int, bool>? keepsRow = null)
    {
        var counts = new int[userCount];
        ForRows((user, _) => counts[user]++);
        var items = Array.ConvertAll(counts, count => new int[count]);
        ForRows((user, item) => items[user][--counts[user]] = item);
        for (var user = 0; user < items.Length; user++)
        {
            Array.Sort(items[user]);
            items[user] = Distinct(items[user]);
        }

        return items;

        void ForRows(Action<int, int> take)
        {
            foreach (var part in parts)
            {
                var userCodes = part.UserColumn!.Codes;
                var itemCodes = part.ItemColumn!.Codes;
                for (var row = 0; row < userCodes.Length; row++)
                {
                    if (userCodes[row] >= 0 && itemCodes[row] >= 0 && keepsRow?.Invoke(row) != false)
                    {
                        take(userCodes[row], itemCodes[row]);
                    }
                }
            }
        }
    }

    private static int[] Distinct(int[] sorted)
    {
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                sorted[kept++] = sorted[i];
            }
        }

        return kept == sorted.Length ? sorted : sorted[..kept];
    }

    // Popularity is that in the training rows, whatever part is measured: as in the bands of popularity.
    private static ItemCatalogue Catalogue(Dataset part, int[][] training, int count)
    {
        var popularity = new int[count];
        foreach (var item in training.SelectMany(items => items))
        {
            popularity[item]++;
        }

        var attributes = part.Groups.Where(group => group.Side == GroupSide.Item).ToArray();
        return new ItemCatalogue(popularity, training.Count(items => items.Length > 0))
        {
            Groups = [.. attributes.Select(attribute => new GroupCodes(
                attribute.Name, CodesOf(attribute, count), attribute.Groups))],
            Features = attributes.Length == 0 ? null : Features(attributes, count),
        };
    }

    private static int[] CodesOf(GroupAttribute attribute, int count)
    {
        var codes = new int[count];
        Array.Fill(codes, Vocabulary.Missing);
        attribute.Column.Codes.CopyTo(codes);
        return codes;
    }

    // An item's features are its groups; a crossing only says again what its parts say.
    private static int[][] Features(GroupAttribute[] attributes, int count)
    {
        var features = new List<int>[count];
        var first = 0;
        foreach (var attribute in attributes.Where(a => !a.Name.Contains(GroupCrossing.Separator)))
        {
            var codes = CodesOf(attribute, count);
            for (var item = 0; item < count; item++)
            {
                features[item] ??= [];
                if (codes[item] >= 0)
                {
                    features[item].Add(first + codes[item]);
                }
            }

            first += attribute.Groups.Count;
        }

        return Array.ConvertAll(features, own => own is null ? [] : own.ToArray());
    }

    private static GroupCodes[] UserGroups(Dataset part, int[] users) =>
        [.. part.Groups.Where(group => group.Side == GroupSide.User).Select(group =>
        {
            var codes = group.Column.Codes;
            var userCodes = new int[users.Length];
            for (var i = 0; i < users.Length; i++)
            {
                userCodes[i] = codes[users[i]];
            }

            return new GroupCodes(group.Name, userCodes, group.Groups);
        })];

    private static int[][] RelevantItems(Dataset part, double? threshold)
    {
        var users = part.UserColumn!.Vocabulary.Count;
        if (threshold is not { } least)
        {
            return ItemsOfUsers([part], users);
        }

        var labels = RowTarget.Labels(part);
        return ItemsOfUsers([part], users, row => labels[row] >= least);
    }
}
