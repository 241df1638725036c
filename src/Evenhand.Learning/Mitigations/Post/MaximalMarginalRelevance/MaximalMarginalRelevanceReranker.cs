using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.MaximalMarginalRelevance;

/// <summary>Weighs relevance against likeness to what is in the list.</summary>
/// <param name="options">The options.</param>
/// <param name="likeness">Similarity of the model's items.</param>
internal sealed class MaximalMarginalRelevanceReranker(MaximalMarginalRelevanceOptions options, ItemLikeness likeness)
    : UserReranker<MaximalMarginalRelevanceOptions>(options)
{
    public override string MitigationName => MaximalMarginalRelevance.MitigationName;

    public static MaximalMarginalRelevanceReranker Read(ModelReader reader) =>
        new(reader.ReadOptions<MaximalMarginalRelevanceOptions>(), ItemLikeness.Read(reader));

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(Options);
        likeness.Write(writer);
    }

    protected override ListRule RuleFor(int k) => Build;

    private int[] Build(Candidates user, int length)
    {
        var relevance = Relevance.Of(user);
        var redundancy = new double[relevance.Length];
        return GreedyList.Build(
            user,
            length,
            candidate => ((1 - Options.Strength) * relevance[candidate]) - (Options.Strength * redundancy[candidate]),
            taken =>
            {
                for (var other = 0; other < redundancy.Length; other++)
                {
                    redundancy[other] = Math.Max(
                        redundancy[other], likeness.Between(user.Items[taken], user.Items[other]));
                }
            });
    }
}
