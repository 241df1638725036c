using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Simulation;

namespace Evenhand.Data.Tests.Simulation;

/// <summary>Each knob moves its documented statistic, by the documented formula, and with all at 0 groups are
/// alike.</summary>
[TestClass]
public sealed class SimulatorKnobTests
{
    private static readonly double[] Settings = [0, 0.3, 0.6, 0.9];

    private static readonly SimulatorOptions Fair = new SimulatorOptions
    {
        Users = 2_000,
        Items = 500,
        Interactions = 80_000,
        AgeStrength = 0,
        Texts = false,
    }.WithoutBias();

    [TestMethod]
    public void Generate_AllKnobsZero_GroupsDifferOnlyByChance()
    {
        // Means over users are compared, as a user's rows are not independent; |z| above 4 has a chance of 1 in 16,000.
        for (var seed = 0; seed < 4; seed++)
        {
            var world = new World(Fair, seed);
            Assert.IsLessThan(4, Math.Abs(ZByGender(world, rows => rows.Length)), $"activity, seed {seed}");
            Assert.IsLessThan(4, Math.Abs(ZByGender(world, rows => rows.Average(r => r.Rating))), $"mean, seed {seed}");
            Assert.IsLessThan(4, Math.Abs(ZByGender(world, MeanSquaredError)), $"noise, seed {seed}");
            Assert.IsLessThan(4, Math.Abs(ZByGender(world, ClickRate)), $"clicks, seed {seed}");
        }

        static double MeanSquaredError(Interaction[] rows) => rows.Average(r => Square(r.Rating - r.Preference));
        static double ClickRate(Interaction[] rows) => rows.Average(r => r.Clicked ? 1.0 : 0);
    }

    [TestMethod]
    public void ActivityImbalance_Raised_LowersRowsPerWomanByTheFactor()
    {
        var ratios = Settings.Select(knob =>
        {
            var world = new World(Fair with { ActivityImbalance = knob }, 1);
            return PerUser(world, 0) / PerUser(world, 1);
        }).ToArray();
        for (var i = 0; i < Settings.Length; i++)
        {
            // The spread of activity (0.6) over 1,000 users of each gender: 3 % of standard error.
            Assert.AreEqual(ratios[0] * (1 - Settings[i]), ratios[i], 0.02);
        }
    }

    [TestMethod]
    public void TasteDifference_Raised_MovesTheMeanFactorsApart()
    {
        foreach (var knob in Settings)
        {
            var options = Fair with { TasteDifference = knob };
            var population = new MarketplacePopulation(options, new SeedTree(1), default);
            var world = new World(options, 1);
            var along = Enumerable.Range(0, options.Users)
                .Select(u => (Group: world.Genders[u], Value: population.UserFactors(u).ToArray().Sum() / 2))
                .ToLookup(u => u.Group, u => u.Value);
            Assert.AreEqual(2 * knob, along[0].Average() - along[1].Average(), 0.15);
        }
    }

    [TestMethod]
    public void TasteDifference_Raised_LowersTheAgreementOfItemMeans() => AssertFalls(Settings.Select(knob =>
    {
        var world = new World(Fair with { TasteDifference = knob }, 1);
        return Correlation(ItemMeans(world, 0), ItemMeans(world, 1));
    }));

    [TestMethod]
    public void PopularityBias_Raised_ConcentratesRatings() => AssertRises(
        Settings.Select(knob => Gini(new World(Fair with { PopularityBias = knob }, 1))));

    [TestMethod]
    public void ExposureFeedback_Raised_ConcentratesRatings() => AssertRises(
        Settings.Select(knob => Gini(new World(Fair with { ExposureFeedback = knob }, 1))));

    [TestMethod]
    public void ProviderBias_Raised_LowersRatingsOfSmallProvidersByTheFactor()
    {
        // Few rows for many items, so that drawing without repetition does not level the ratio.
        var options = Fair with { Users = 20_000 };
        foreach (var knob in Settings)
        {
            var world = new World(options with { ProviderBias = knob }, 1);
            var byProvider = world.Rows.ToLookup(r => world.Providers[r.Item]);
            var items = world.Providers.ToLookup(p => p);
            var ratio = byProvider[0].Count() / (double)items[0].Count()
                / (byProvider[1].Count() / (double)items[1].Count());
            Assert.AreEqual(1 - knob, ratio, 0.03);
        }
    }

    [TestMethod]
    public void LabelShift_Raised_LowersWomensRatingsByTheStars()
    {
        foreach (var knob in Settings)
        {
            // Rounding to 1..5 holds some back at the ends of the scale: hence nine tenths and a tolerance.
            var world = new World(Fair with { LabelShift = knob }, 1);
            Assert.AreEqual(-0.9 * knob, Excess(world.Of(0)) - Excess(world.Of(1)), 0.09);
        }

        static double Excess(IEnumerable<Interaction> rows) => rows.Average(r => r.Rating - r.Preference);
    }

    [TestMethod]
    public void LabelNoise_Raised_WidensWomensErrorsByTheFactor()
    {
        foreach (var knob in Settings)
        {
            var world = new World(Fair with { LabelNoise = knob, Noise = 0.25 }, 1);
            var (women, men) = (Spread(world.Of(0)), Spread(world.Of(1)));

            // Variance of the noise plus 1/12 for rounding, as fractions of stars are about uniform over a whole star.
            Assert.AreEqual(Square(0.25 * (1 + (2 * knob))) + (1 / 12.0), women, 0.1 * women);
            Assert.AreEqual(Square(0.25) + (1 / 12.0), men, 0.1 * men);
        }

        static double Spread(IEnumerable<Interaction> rows) => rows
            .Where(r => r.Preference is > 2.5 and < 3.5)
            .Average(r => Square(r.Rating - r.Preference));
    }

    [TestMethod]
    public void SelectionBias_Raised_ShowsMoreOfWhatIsLiked()
    {
        var means = Settings.Select(knob =>
            new World(Fair with { SelectionBias = knob }, 1).Rows.Average(r => r.Preference)).ToArray();
        AssertRises(means);
        Assert.AreEqual(3.5, means[0], 0.1);
    }

    [TestMethod]
    public void FemaleShare_Set_IsTheShareOfWomen()
    {
        var world = new World(Fair with { FemaleShare = 0.2 }, 1);
        Assert.AreEqual(0.2, world.Genders.Count(g => g == 0) / 2_000.0, 0.04);
    }

    [TestMethod]
    public void AgeStrength_Set_ActsOnMenOfTheOldestBand()
    {
        var options = Fair with { AgeStrength = 0.5, ActivityImbalance = 0.8 };
        var world = new World(options, 1);
        var rows = world.Of(1).ToLookup(r => world.Ages[r.User] == 2);
        var men = Enumerable.Range(0, options.Users)
            .Where(u => world.Genders[u] == 1)
            .ToLookup(u => world.Ages[u] == 2);
        Assert.AreEqual(1 - (0.8 * 0.5), PerMan(true) / PerMan(false), 0.06);

        double PerMan(bool oldest) => rows[oldest].Count() / (double)men[oldest].Count();
    }

    private static double PerUser(World world, int gender) =>
        world.Of(gender).Count() / (double)world.Genders.Count(g => g == gender);

    // Difference of the genders' means of a statistic of each user's rows, in standard errors.
    private static double ZByGender(World world, Func<Interaction[], double> statistic)
    {
        var byGender = world.Rows.GroupBy(r => r.User).ToLookup(u => world.Genders[u.Key], u => statistic([.. u]));
        var (women, men) = (byGender[0].ToArray(), byGender[1].ToArray());
        return (women.Average() - men.Average()) / Math.Sqrt(ErrorOfMean(women) + ErrorOfMean(men));

        static double ErrorOfMean(double[] values)
        {
            var mean = values.Average();
            return values.Sum(v => Square(v - mean)) / (values.Length - 1) / values.Length;
        }
    }

    private static double[] ItemMeans(World world, int gender)
    {
        var byItem = world.Of(gender).ToLookup(r => r.Item, r => (double)r.Rating);
        return [.. Enumerable.Range(0, 500).Select(item => byItem[item].Average())];
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var covariance = a.Zip(b).Sum(p => (p.First - meanA) * (p.Second - meanB));
        return covariance / Math.Sqrt(a.Sum(v => Square(v - meanA)) * b.Sum(v => Square(v - meanB)));
    }

    // Gini coefficient of ratings over items: sum over ascending counts x_i of (2 i - n - 1) x_i / (n sum x).
    private static double Gini(World world)
    {
        var counts = Enumerable.Range(0, 500).Select(i => 0.0).ToArray();
        foreach (var row in world.Rows)
        {
            counts[row.Item]++;
        }

        Array.Sort(counts);
        return counts.Select((x, i) => ((2 * (i + 1)) - 500 - 1) * x).Sum() / (500 * counts.Sum());
    }

    private static double Square(double value) => value * value;

    private static void AssertRises(IEnumerable<double> values)
    {
        var all = values.ToArray();
        Assert.IsTrue(all.Zip(all.Skip(1)).All(p => p.Second > p.First + 0.01), string.Join(' ', all));
    }

    private static void AssertFalls(IEnumerable<double> values) => AssertRises(values.Select(v => -v));

    private sealed class World
    {
        public World(SimulatorOptions options, long seed)
        {
            Rows = [.. MarketplaceSimulator.Stream(options, new SeedTree(seed))];
            var (users, items) = MarketplaceSimulator.Entities(options, new SeedTree(seed));
            Genders = ((CategoricalColumn)users["gender"]).Codes.ToArray();
            Ages = ((CategoricalColumn)users["age-band"]).Codes.ToArray();
            Providers = ((CategoricalColumn)items["provider"]).Codes.ToArray();
        }

        public Interaction[] Rows { get; }

        public int[] Genders { get; }

        public int[] Ages { get; }

        public int[] Providers { get; }

        public IEnumerable<Interaction> Of(int gender) => Rows.Where(r => Genders[r.User] == gender);
    }
}
