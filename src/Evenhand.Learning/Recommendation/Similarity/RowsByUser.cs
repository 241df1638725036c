using Evenhand.Configuration;
using Evenhand.Data;

namespace Evenhand.Learning.Recommendation.Similarity;

/// <summary>Predicts rows user by user, for models that have most of the work once for each user.</summary>
internal static class RowsByUser
{
    /// <summary>One value a row, in row order.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="model">The model whose codes are used.</param>
    /// <param name="predict">Takes a user and the items of some rows, negative where unknown; returns a value for each
    /// of these.</param>
    /// <param name="cancellationToken">Polled before each user.</param>
    /// <exception cref="InputException">The data has no user or item column.</exception>
    public static double[] Predict(
        Dataset data, RecommenderModel model, Func<int, int[], double[]> predict, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        cancellationToken.ThrowIfCancellationRequested();
        var users = TrainingColumns.CodesIn(TrainingColumns.Users(data, model.LearnerName), model.Users).ToArray();
        var items = TrainingColumns.CodesIn(TrainingColumns.Items(data, model.LearnerName), model.Items).ToArray();
        // One more than the code, so that unknown users have a place as well.
        var places = Array.ConvertAll(users, user => user + 1);
        var index = EntityIndex.Of(places, places, model.Users.Count + 1);
        var values = new double[users.Length];
        for (var place = 0; place <= model.Users.Count; place++)
        {
            var rows = index.RowsOf(place).ToArray();
            if (rows.Length == 0)
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var predicted = predict(place - 1, Array.ConvertAll(rows, row => items[row]));
            for (var i = 0; i < rows.Length; i++)
            {
                values[rows[i]] = predicted[i];
            }
        }

        return values;
    }
}
