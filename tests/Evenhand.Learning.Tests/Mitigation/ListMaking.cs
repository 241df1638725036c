using Evenhand.Learning.Mitigations.Post;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Tests.Mitigation;

/// <summary>Calls re-rankers on candidates that are written down.</summary>
internal static class ListMaking
{
    /// <summary>Candidates 0, 1, .. of a user, with descending scores.</summary>
    public static Candidates Scored(params double[] scores) => new(0, [.. Enumerable.Range(0, scores.Length)], scores);

    /// <summary>Candidates 0, 1, .. with the scores n, n - 1, .. 1.</summary>
    public static Candidates Descending(int count) =>
        Scored([.. Enumerable.Range(0, count).Select(i => (double)(count - i))]);

    /// <summary>The list of one user.</summary>
    public static int[] List(Reranker reranker, Candidates user, int k) =>
        reranker.Rerank([user], k, 1, CancellationToken.None)[0];

    /// <summary>Groups from letters: a is 0, b is 1; a dot is unknown.</summary>
    public static ItemGrouping Grouping(string letters) => new(
        [.. letters.Select(letter => letter == '.' ? -1 : letter - 'a')], letters.Max() - 'a' + 1);
}
