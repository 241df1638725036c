using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.CpFair;

/// <summary>Lists of a batch of users that are fair to groups of items and of users.</summary>
/// <param name="options">The options.</param>
/// <param name="items">Groups of the model's items.</param>
/// <param name="shares">The share that is due to each group of items.</param>
/// <param name="users">Groups of the model's users and their tastes.</param>
internal sealed class CpFairReranker(CpFairOptions options, ItemGrouping items, double[] shares, UserTastes users)
    : Reranker
{
    public override string MitigationName => CpFair.MitigationName;

    public static CpFairReranker Read(ModelReader reader)
    {
        var options = reader.ReadOptions<CpFairOptions>();
        var items = ItemGrouping.Read(reader);
        return new CpFairReranker(
            options,
            items,
            reader.ReadArray<double>("shares", items.Count),
            UserTastes.Read(reader, items.Codes.Length));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(options);
        items.Write(writer);
        writer.Write<double>("shares", shares);
        users.Write(writer);
    }

    public override int CandidateCount(int k) => Math.Max(k, options.CandidateCount);

    public override int[][] Rerank(
        IReadOnlyList<Candidates> users, int k, int threads, CancellationToken cancellationToken)
    {
        var problem = Problem(users, k);
        var optimizer = new CpFairOptimizer(problem, threads, cancellationToken);
        var chosen = options.Solver == CpFairSolver.Greedy
            ? optimizer.Greedy()
            : optimizer.LinearProgram(options.NumberOfIterations);
        return [.. chosen.Select((places, user) => Array.ConvertAll(places, place => users[user].Items[place]))];
    }

    /// <summary>What is to be solved for a batch.</summary>
    public CpFairProblem Problem(IReadOnlyList<Candidates> batch, int k) => new(
        batch, k, items, shares, users, options.ItemStrength, options.UserStrength);
}
