using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post;

/// <summary>A post-mitigation that re-ranks the lists of a recommender.</summary>
/// <typeparam name="TOptions">Its options record.</typeparam>
/// <param name="options">The options.</param>
public abstract class Reranking<TOptions>(TOptions options) : PostMitigation
    where TOptions : MitigationOptions
{
    /// <summary>The options it was made with.</summary>
    public TOptions Options { get; } = options;

    /// <inheritdoc/>
    public sealed override Model Fit(Learner learner, Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(context);
        Options.Validate();
        return Rerank(learner.Fit(train, context.Within(Rerank)));

        Model Rerank(Model fitted)
        {
            var model = fitted as RecommenderModel
                ?? throw new InputException($"'{Name}' re-ranks lists, and the learner recommends nothing.");
            return new RerankedModel(model, CreateReranker(model, train, context));
        }
    }

    /// <summary>Learns from the training rows what the re-ranker has to know.</summary>
    /// <param name="model">The model whose lists are re-ranked; item and user codes are its codes.</param>
    /// <param name="train">The training rows, with their groups.</param>
    /// <param name="context">Seeds, cancellation, threads.</param>
    /// <exception cref="InputException">The data lacks what the re-ranker needs.</exception>
    protected abstract Reranker CreateReranker(
        RecommenderModel model, Dataset train, FitContext context);

    /// <summary>The groups of the model's items.</summary>
    /// <param name="model">The model.</param>
    /// <param name="train">The training rows, with their groups.</param>
    /// <param name="name">Name of an attribute of the items.</param>
    /// <param name="groups">Receives the names of its groups, by code.</param>
    /// <exception cref="InputException">The data has no such group of the items.</exception>
    protected ItemGrouping ItemGroups(
        RecommenderModel model, Dataset train, string name, out IReadOnlyList<string> groups)
    {
        ArgumentNullException.ThrowIfNull(model);
        var attribute = FindGroup(train, name, GroupSide.Item);
        groups = attribute.Groups;
        var codes = Codes(attribute, train.ItemColumn!.Vocabulary.MapTo(model.Items), model.Items.Count);
        return new ItemGrouping(codes, groups.Count);
    }

    /// <summary>Group code of each user of the model; -1 where it is unknown.</summary>
    /// <param name="model">The model.</param>
    /// <param name="train">The training rows, with their groups.</param>
    /// <param name="name">Name of an attribute of the users.</param>
    /// <param name="groups">Receives the names of its groups, by code.</param>
    /// <exception cref="InputException">The data has no such group of the users.</exception>
    protected int[] UserGroups(
        RecommenderModel model, Dataset train, string name, out IReadOnlyList<string> groups)
    {
        ArgumentNullException.ThrowIfNull(model);
        var attribute = FindGroup(train, name, GroupSide.User);
        groups = attribute.Groups;
        return Codes(attribute, train.UserColumn!.Vocabulary.MapTo(model.Users), model.Users.Count);
    }

    private static int[] Codes(GroupAttribute attribute, int[] modelCodes, int count)
    {
        var codes = new int[count];
        Array.Fill(codes, Vocabulary.Missing);
        for (var code = 0; code < modelCodes.Length; code++)
        {
            if (modelCodes[code] >= 0)
            {
                codes[modelCodes[code]] = attribute.Column.Codes[code];
            }
        }

        return codes;
    }
}
