using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>A model that scores every item for a user and so can rank the whole catalogue.</summary>
public abstract class RecommenderModel : Model
{
    /// <summary>The users of the training data, by code.</summary>
    public abstract Vocabulary Users { get; }

    /// <summary>The catalogue: the items of the training data, by code.</summary>
    public abstract Vocabulary Items { get; }

    /// <summary>Scores all items for one user; larger is better.</summary>
    /// <param name="user">Code of the user in <see cref="Users"/>, or <see cref="Vocabulary.Missing"/> for an unknown one.</param>
    /// <param name="scores">Receives one score for each item code.</param>
    public abstract void Score(int user, Span<double> scores);
}
