using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;

namespace Evenhand.Data.Simulation;

/// <summary>The users and items of a simulated marketplace: attributes, tastes and weights of activity and
/// exposure.</summary>
internal sealed class MarketplacePopulation
{
    /// <summary>Mean preference, in stars.</summary>
    public const double MeanRating = 3.5;

    private const double UserDeviation = 0.35;
    private const double ItemDeviation = 0.45;
    private const double TasteDeviation = 0.8;
    private const double TasteShift = 2;
    private const double SmallProviderShare = 0.5;

    private static readonly Vocabulary Genders = new(["female", "male"]);
    private static readonly Vocabulary AgeBands = new(["18-29", "30-49", "50+"]);
    private static readonly Vocabulary Providers = new(["small", "large"]);

    private readonly SimulatorOptions _options;
    private readonly int[] _genders;
    private readonly int[] _ages;
    private readonly int[] _providers;
    private readonly int[] _categories;
    private readonly float[] _userBias;
    private readonly float[] _itemBias;
    private readonly float[] _userFactors;
    private readonly float[] _itemFactors;

    /// <summary>Draws the population. How many numbers are drawn does not depend on the knobs.</summary>
    public MarketplacePopulation(SimulatorOptions options, SeedTree seeds, CancellationToken cancellation)
    {
        _options = options;
        _genders = new int[options.Users];
        _ages = new int[options.Users];
        _userBias = new float[options.Users];
        _userFactors = new float[checked(options.Users * options.Rank)];
        Activity = new double[options.Users];
        DrawUsers(seeds.Fork("simulator/users").CreateRandom(), cancellation);

        _providers = new int[options.Items];
        _categories = new int[options.Items];
        _itemBias = new float[options.Items];
        _itemFactors = new float[checked(options.Items * options.Rank)];
        Exposure = new double[options.Items];
        DrawItems(seeds.Fork("simulator/items").CreateRandom(), cancellation);
    }

    /// <summary>Standard deviation of preferences over all users and items without taste difference, in
    /// stars.</summary>
    public static double PreferenceDeviation { get; } = Math.Sqrt(
        (UserDeviation * UserDeviation) + (ItemDeviation * ItemDeviation) + (TasteDeviation * TasteDeviation));

    /// <summary>Weight of each user's activity: rows are dealt out in proportion.</summary>
    public double[] Activity { get; }

    /// <summary>Weight of each item's exposure, 1 on average.</summary>
    public double[] Exposure { get; }

    /// <summary>How much the knobs act on a user: 1 for women, the age strength for men of 50+, otherwise 0.</summary>
    public double Disadvantage(int user) => _genders[user] == 0 ? 1 : _ages[user] == 2 ? _options.AgeStrength : 0;

    /// <summary>Position of the item's category in <see cref="ReviewLexicon.Categories"/>.</summary>
    public int Category(int item) => _categories[item];

    /// <summary>Latent factors of a user, with the shift of the group in them.</summary>
    public ReadOnlySpan<float> UserFactors(int user) => _userFactors.AsSpan(user * _options.Rank, _options.Rank);

    /// <summary>What the user would rate the item without noise and rounding, in stars.</summary>
    public double Preference(int user, int item)
    {
        var rank = _options.Rank;
        var users = _userFactors.AsSpan(user * rank, rank);
        var items = _itemFactors.AsSpan(item * rank, rank);
        var product = 0.0;
        for (var f = 0; f < users.Length; f++)
        {
            product += users[f] * items[f];
        }

        return MeanRating + _userBias[user] + _itemBias[item] + (TasteDeviation / Math.Sqrt(rank) * product);
    }

    // What is known of them may be learned from, unless it makes the groups: see the options of the learners.
    private const ColumnRoles Attribute = ColumnRoles.Group | ColumnRoles.Feature;

    /// <summary>Attributes of the users, by code.</summary>
    public Table UserTable() => new(
    [
        new CategoricalColumn("gender", _genders, Genders, Attribute),
        new CategoricalColumn("age-band", _ages, AgeBands, Attribute),
    ]);

    /// <summary>Attributes of the items, by code.</summary>
    public Table ItemTable() => new(
    [
        new CategoricalColumn("provider", _providers, Providers, Attribute),
        new CategoricalColumn("category", _categories, ReviewLexicon.CategoryNames, ColumnRoles.Feature),
    ]);

    /// <summary>Names such as <c>user-1</c>.</summary>
    public static Vocabulary Names(string prefix, int count) =>
        new(Enumerable.Range(1, count).Select(n => prefix + n.ToString(CultureInfo.InvariantCulture)));

    private void DrawUsers(SeededRandom random, CancellationToken cancellation)
    {
        var step = 1 / Math.Sqrt(_options.Rank);
        for (var user = 0; user < _options.Users; user++)
        {
            if ((user & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            _genders[user] = random.NextDouble() < _options.FemaleShare ? 0 : 1;
            _ages[user] = random.NextDouble() switch { < 0.35 => 0, < 0.75 => 1, _ => 2 };
            _userBias[user] = (float)(UserDeviation * random.NextGaussian());
            var disadvantage = Disadvantage(user);
            Activity[user] = Math.Exp(_options.ActivitySpread * random.NextGaussian())
                * (1 - (_options.ActivityImbalance * disadvantage));
            var shift = TasteShift * _options.TasteDifference * disadvantage * step;
            foreach (ref var factor in _userFactors.AsSpan(user * _options.Rank, _options.Rank))
            {
                factor = (float)(random.NextGaussian() + shift);
            }
        }
    }

    private void DrawItems(SeededRandom random, CancellationToken cancellation)
    {
        var ranks = random.NextPermutation(_options.Items);
        for (var item = 0; item < _options.Items; item++)
        {
            if ((item & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            _providers[item] = random.NextDouble() < SmallProviderShare ? 0 : 1;
            _categories[item] = random.Next(ReviewLexicon.Categories.Count);
            _itemBias[item] = (float)(ItemDeviation * random.NextGaussian());
            Exposure[item] = Math.Pow(ranks[item] + 1, -_options.PopularityBias)
                * (_providers[item] == 0 ? 1 - _options.ProviderBias : 1);
            foreach (ref var factor in _itemFactors.AsSpan(item * _options.Rank, _options.Rank))
            {
                factor = (float)random.NextGaussian();
            }
        }

        var mean = Exposure.Average();
        foreach (ref var weight in Exposure.AsSpan())
        {
            weight /= mean;
        }
    }
}
