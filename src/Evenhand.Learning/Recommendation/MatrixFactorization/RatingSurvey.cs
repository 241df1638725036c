using Evenhand.Configuration;
using Evenhand.Data.Ratings;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>What one pass over a file of ratings tells: which users and items have ratings, the range and sum of the
/// labels, and the sample that the <see cref="RatingGrid"/> is drawn from.</summary>
internal sealed class RatingSurvey
{
    private readonly bool[] _hasUser;
    private readonly bool[] _hasItem;
    private readonly long[] _sample;
    private int _sampled;
    private long _count;
    private double _sum;
    private double _low = double.PositiveInfinity;
    private double _high = double.NegativeInfinity;

    private RatingSurvey(int users, int items, long[] sample)
    {
        _hasUser = new bool[users];
        _hasItem = new bool[items];
        _sample = sample;
        SampleUsers = new int[sample.Length];
        SampleItems = new int[sample.Length];
    }

    /// <summary>Codes of the users with ratings.</summary>
    public int[] Users => Occurring(_hasUser);

    /// <summary>Codes of the items with ratings.</summary>
    public int[] Items => Occurring(_hasItem);

    /// <summary>User of each rating of the sample.</summary>
    public int[] SampleUsers { get; }

    /// <summary>Item of each rating of the sample.</summary>
    public int[] SampleItems { get; }

    /// <exception cref="InputException">The file has no ratings, or is damaged.</exception>
    public static RatingSurvey Of(RatingFile file, FitContext context)
    {
        if (file.Count == 0)
        {
            throw new InputException("Nothing to learn from: the file has no ratings.");
        }

        var survey = new RatingSurvey(
            file.Users.Count,
            file.Items.Count,
            RatingGrid.Sample(file.Count, context.Seeds.Fork("sample").CreateRandom()));
        file.Visit(survey.Add, context.CancellationToken);
        return survey;
    }

    /// <summary>Mean and deviation of the labels, by a second pass.</summary>
    public LabelScale Scale(RatingFile file, CancellationToken cancellationToken)
    {
        var mean = Math.Clamp(_sum / _count, _low, _high);
        var squares = 0.0;
        file.Visit(
            ratings =>
            {
                foreach (ref readonly var rating in ratings)
                {
                    squares += (rating.Value - mean) * (rating.Value - mean);
                }
            },
            cancellationToken);
        return LabelScale.Of(mean, squares / _count, _low, _high);
    }

    private static int[] Occurring(bool[] has) => [.. Enumerable.Range(0, has.Length).Where(code => has[code])];

    private void Add(ReadOnlySpan<Rating> ratings)
    {
        foreach (ref readonly var rating in ratings)
        {
            _hasUser[rating.User] = true;
            _hasItem[rating.Item] = true;
            _sum += rating.Value;
            _low = Math.Min(_low, rating.Value);
            _high = Math.Max(_high, rating.Value);
        }

        for (; _sampled < _sample.Length && _sample[_sampled] < _count + ratings.Length; _sampled++)
        {
            var rating = ratings[(int)(_sample[_sampled] - _count)];
            (SampleUsers[_sampled], SampleItems[_sampled]) = (rating.User, rating.Item);
        }

        _count += ratings.Length;
    }
}
