using Evenhand.Learning;
using Evenhand.Learning.Recommendation;

namespace SlopeOne;

/// <summary>What each user has rated: those of user u at <c>Starts[u] .. Starts[u + 1] - 1</c>.</summary>
/// <param name="Starts">One more than there are users.</param>
/// <param name="Items">Item codes.</param>
/// <param name="Ratings">The ratings.</param>
internal sealed record Histories(int[] Starts, int[] Items, double[] Ratings)
{
    public static Histories Of(Interactions rows, EntityIndex byUser)
    {
        var starts = new int[rows.Users.Count + 1];
        for (var user = 0; user < rows.Users.Count; user++)
        {
            starts[user + 1] = starts[user] + byUser.RowsOf(user).Length;
        }

        return new Histories(
            starts,
            Array.ConvertAll(byUser.Rows, row => rows.ItemCodes[row]),
            Array.ConvertAll(byUser.Rows, row => rows.Labels![row]));
    }

    public void Write(ModelWriter writer)
    {
        writer.Write<int>("starts", Starts);
        writer.Write<int>("rated", Items);
        writer.Write<double>("ratings", Ratings);
    }

    public static Histories Read(ModelReader reader, int users, int items)
    {
        var starts = reader.ReadArray<int>("starts", users + 1);
        var rated = reader.ReadArray<int>("rated");

        // A file may have been changed: codes that do not fit are an error with the file's name.
        if (starts[0] != 0 || starts[^1] != rated.Length || starts.Zip(starts[1..]).Any(pair => pair.First > pair.Second)
            || rated.Any(item => item < 0 || item >= items))
        {
            throw new InvalidOperationException("The histories do not fit the users and items.");
        }

        return new Histories(starts, rated, reader.ReadArray<double>("ratings", rated.Length));
    }
}
