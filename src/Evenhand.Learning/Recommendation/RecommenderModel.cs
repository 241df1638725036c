using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation;

/// <summary>A model that scores every item for a user and so can rank the whole catalogue.</summary>
public abstract class RecommenderModel : Model
{
    private const int RowsBetweenPolls = 1 << 14;

    /// <summary>The users of the training data, by code.</summary>
    public abstract Vocabulary Users { get; }

    /// <summary>The catalogue: the items of the training data, by code.</summary>
    public abstract Vocabulary Items { get; }

    /// <summary>Scores all items for one user; larger is better.</summary>
    /// <param name="user">Code of the user in <see cref="Users"/>, or <see cref="Vocabulary.Missing"/> for an unknown
    /// one.</param>
    /// <param name="scores">Receives one score for each item code.</param>
    public abstract void Score(int user, Span<double> scores);

    /// <summary>This model with those users and items of some data added of whom it can tell something without training
    /// rows, from the columns that describe them. Codes that it has stay what they are.</summary>
    public virtual RecommenderModel Knowing(Dataset data) => this;

    /// <summary>How far a rating moves where a score moves by 1; 1 in models that predict no ratings.</summary>
    /// <remarks>Scores of one user differ from ratings by this scale and by an amount that is the same for all
    /// items.</remarks>
    public virtual double RatingScale => 1;

    /// <summary>What takes in users whom the model was not fitted with; null where nothing does.</summary>
    public virtual IFoldIn? FoldIn => this as IFoldIn;

    /// <summary>How many candidates lists of length k are made from: at least k.</summary>
    /// <param name="k">Length of the lists; positive.</param>
    public virtual int CandidateCount(int k) => k;

    /// <summary>The best items of each user. A model overrides it where it ranks many users faster than one by one
    /// through <see cref="Score"/>; its lists are then the same ones.</summary>
    /// <param name="users">Codes in <see cref="Users"/>; negative for an unknown one.</param>
    /// <param name="length">Number of items, at most that of the catalogue.</param>
    /// <param name="mask">Items that are left out; null for none.</param>
    /// <param name="schedule">Threads and cancellation.</param>
    /// <returns>The candidates of each of <paramref name="users"/>, in their order.</returns>
    /// <exception cref="OperationCanceledException">The token of the schedule was cancelled.</exception>
    public virtual Candidates[] FindCandidates(
        int[] users, int length, SeenItems? mask, ParallelOptions schedule)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(schedule);
        return TopN.RankByUser(this, users, length, mask, schedule);
    }

    /// <summary>Makes lists from candidates: here these themselves, best first.</summary>
    /// <param name="candidates">What <see cref="FindCandidates"/> found for each user, of length
    /// <see cref="CandidateCount"/>; shorter where fewer items are left.</param>
    /// <param name="k">Length of the lists.</param>
    /// <param name="threads">How many threads may work; the lists do not depend on it.</param>
    /// <param name="cancellationToken">Polled at least for each user, where there is something to do.</param>
    /// <returns>Item codes, one list of at most k for each user.</returns>
    public virtual int[][] MakeLists(
        Candidates[] candidates, int k, int threads, CancellationToken cancellationToken) =>
        Array.ConvertAll(candidates, user => user.Items);

    /// <summary>One value a row from the codes of its user and item in this model.</summary>
    /// <param name="data">The rows; its users and items are matched by their values.</param>
    /// <param name="predict">Takes the codes of a user and an item, negative for unknown ones.</param>
    /// <param name="cancellationToken">Polled now and then.</param>
    /// <returns>What <paramref name="predict"/> gives for each row.</returns>
    /// <exception cref="Evenhand.Configuration.InputException">The data has no user or item column.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    protected double[] PredictRows(
        Dataset data, Func<int, int, double> predict, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(predict);
        var users = TrainingColumns.CodesIn(TrainingColumns.Users(data, LearnerName), Users);
        var items = TrainingColumns.CodesIn(TrainingColumns.Items(data, LearnerName), Items);
        var values = new double[data.RowCount];
        for (var row = 0; row < values.Length; row++)
        {
            if (row % RowsBetweenPolls == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            values[row] = predict(users[row], items[row]);
        }

        return values;
    }
}
