using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>What was fitted to ratings: factors and biases of users and items, and the scale of the ratings.</summary>
/// <param name="Users">The users, by code.</param>
/// <param name="Items">The items, by code.</param>
/// <param name="Labels">Mean, deviation and range of the training labels.</param>
/// <param name="UserSide">Factors and biases of the users.</param>
/// <param name="ItemSide">Factors and biases of the items.</param>
internal sealed record RatingFactors(
    Vocabulary Users, Vocabulary Items, LabelScale Labels, FactorSide UserSide, FactorSide ItemSide)
{
    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The state of a model.</param>
    /// <param name="rank">Factors of each user and item.</param>
    public static RatingFactors Read(ModelReader reader, int rank)
    {
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new RatingFactors(
            users,
            items,
            LabelScale.Read(reader),
            FactorSide.Read(reader, "user", users.Count, rank),
            FactorSide.Read(reader, "item", items.Count, rank));
    }

    /// <summary>Writes the factors as a part of a model's state.</summary>
    public void Write(ModelWriter writer)
    {
        writer.Write("users", Users);
        writer.Write("items", Items);
        Labels.Write(writer);
        UserSide.Write(writer, "user");
        ItemSide.Write(writer, "item");
    }
}
