using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post;

/// <summary>A recommender whose lists are re-ranked. Its scores, and its predictions for single rows, are those of the
/// model within.</summary>
public sealed class RerankedModel : RecommenderModel
{
    /// <summary>How it is read from a model file.</summary>
    public static ModelFormat Format { get; } = new("re-ranked", Read);

    private readonly RecommenderModel _model;
    private readonly Reranker _reranker;

    internal RerankedModel(RecommenderModel model, Reranker reranker)
    {
        _model = model;
        _reranker = reranker;
    }

    /// <inheritdoc/>
    public override string LearnerName => _model.LearnerName;

    /// <inheritdoc/>
    public override Vocabulary Users => _model.Users;

    /// <inheritdoc/>
    public override Vocabulary Items => _model.Items;

    /// <inheritdoc/>
    public override string FormatName => Format.Name;

    /// <inheritdoc/>
    public override IFoldIn? FoldIn => _model.FoldIn;

    /// <inheritdoc/>
    public override int CandidateCount(int k) => Math.Max(k, _reranker.CandidateCount(k));

    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        _model.Predict(data, cancellationToken);

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores) => _model.Score(user, scores);

    /// <inheritdoc/>
    public override Candidates[] FindCandidates(
        int[] users, int length, SeenItems? mask, ParallelOptions schedule) =>
        _model.FindCandidates(users, length, mask, schedule);

    /// <inheritdoc/>
    public override int[][] MakeLists(
        Candidates[] candidates, int k, int threads, CancellationToken cancellationToken) =>
        _reranker.Rerank(candidates, k, threads, cancellationToken);

    internal static RerankedModel Read(ModelReader reader)
    {
        var model = reader.ReadModel<RecommenderModel>("model");
        var part = reader.ReadPart("reranker", out var name);
        var descriptor = reader.Registry.Get<MitigationDescriptor>(name) as RerankingDescriptor
            ?? throw new InvalidOperationException($"'{name}' is no re-ranker");
        return new RerankedModel(model, descriptor.Read(part));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.Write("model", _model);
        writer.WritePart("reranker", _reranker.MitigationName, _reranker.Write);
    }
}
