namespace Evenhand.Metrics.Evaluations;

/// <summary>The items that could have been recommended, and what is known of them: what metrics beyond accuracy and
/// metrics of items need.</summary>
/// <remarks>An item's code is its place. Immutable.</remarks>
public sealed class ItemCatalogue
{
    // Abdollahpouri et al. 2017, section 3: the short head is what holds so much of the training interactions.
    private const double HeadShare = 0.8;

    private readonly Lazy<int[]> _byPopularity;
    private readonly Lazy<bool[]> _tail;
    private readonly Lazy<int> _tailCount;

    /// <summary>A catalogue.</summary>
    /// <param name="popularity">Number of users who have each item in the training part, one entry an item.</param>
    /// <param name="trainingUsers">Number of users in the training part.</param>
    /// <exception cref="ArgumentException">A popularity is negative or larger than the number of users.</exception>
    public ItemCatalogue(int[] popularity, int trainingUsers)
    {
        ArgumentNullException.ThrowIfNull(popularity);
        if (Array.FindIndex(popularity, users => users < 0 || users > trainingUsers) is var wrong and >= 0)
        {
            throw new ArgumentException(
                $"popularity[{wrong}] is {popularity[wrong]}; there are {trainingUsers} training users.");
        }

        Popularity = popularity;
        TrainingUsers = trainingUsers;
        _byPopularity = new(SortByPopularity);
        _tail = new(FindTail);
        _tailCount = new(() => _tail.Value.Count(tail => tail));
    }

    /// <summary>Number of items.</summary>
    public int Count => Popularity.Length;

    /// <summary>Number of training users of each item.</summary>
    public int[] Popularity { get; }

    /// <summary>Number of training users.</summary>
    public int TrainingUsers { get; }

    /// <summary>Group of each item by each attribute: codes by item. These are the populations of metrics of
    /// items.</summary>
    /// <value>None.</value>
    public IReadOnlyList<GroupCodes> Groups { get; init; } = [];

    /// <summary>Codes of the features that each item has, such as its genres, ascending and distinct.</summary>
    /// <value>Null: metrics of diversity cannot be computed.</value>
    public int[][]? Features { get; init; }

    /// <summary>Whether each item is in the long tail: outside the short head, which is the smallest set of most
    /// popular items that hold 80 % of the training interactions (ties by code).</summary>
    /// <remarks>Abdollahpouri, Burke, Mobasher 2017, Controlling popularity bias in learning-to-rank recommendation; as
    /// elliot does with <c>pop_ratio=0.8</c>.</remarks>
    public IReadOnlyList<bool> IsTail => _tail.Value;

    internal bool[] Tail => _tail.Value;

    internal int TailCount => _tailCount.Value;

    /// <summary>Item codes, most popular first, ties by code.</summary>
    internal int[] ByPopularity => _byPopularity.Value;

    internal void Validate()
    {
        foreach (var attribute in Groups)
        {
            if (attribute.Codes.Length != Count)
            {
                throw new ArgumentException($"Attribute '{attribute.Attribute}' has {attribute.Codes.Length} codes "
                    + $"where the catalogue has {Count} items.");
            }
        }

        if (Features is not null && Features.Length != Count)
        {
            throw new ArgumentException($"Features has {Features.Length} entries where there are {Count} items.");
        }
    }

    private int[] SortByPopularity() =>
        [.. Enumerable.Range(0, Count).OrderByDescending(item => Popularity[item]).ThenBy(item => item)];

    private bool[] FindTail()
    {
        var tail = new bool[Count];
        Array.Fill(tail, true);
        var left = HeadShare * Popularity.Sum(users => (long)users);
        foreach (var item in ByPopularity)
        {
            if (left <= 0)
            {
                break;
            }

            tail[item] = false;
            left -= Popularity[item];
        }

        return tail;
    }
}
