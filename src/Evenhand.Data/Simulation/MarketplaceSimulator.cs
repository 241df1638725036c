using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;

namespace Evenhand.Data.Simulation;

/// <summary>Simulates a marketplace with known biases: users try items that they are shown, rate and review
/// them.</summary>
/// <remarks>
/// <para>All is drawn from the seed tree; the same options and seed give the same rows on every machine of one
/// kind.</para>
/// <list type="bullet">
/// <item>Users have a gender (female, male) and an age band (18-29: 35 %, 30-49: 40 %, 50+: 25 %), items a provider
/// (small, large: half and half) and a category; all independent. d is a user's disadvantage: see
/// <see cref="SimulatorOptions"/>.</item>
/// <item>Preference of user u for item i, in stars: 3.5 + b_u + b_i + 0.8 / sqrt(rank) * p_u . q_i, where b_u ~ N(0,
/// 0.35^2), b_i ~ N(0, 0.45^2), q_i ~ N(0, I) and p_u ~ N(2 * tasteDifference * d * e, I), e being the unit vector (1,
/// ..., 1) / sqrt(rank).</item>
/// <item>Rows of user u: in proportion to exp(activitySpread * N(0, 1)) * (1 - activityImbalance * d), at most one an
/// item.</item>
/// <item>Exposure: users come one after another; each is shown items without repetition in proportion to
/// w_i = rank_i^-popularityBias * (1 - providerBias if the provider is small) / mean + 20 * exposureFeedback * n_i / n,
/// where n_i is the number of earlier ratings of the item and n that which an item has in the end on average.</item>
/// <item>Selection: a shown item is rated with probability exp(2 * selectionBias * (min(z, 1) - 1)), where z =
/// (preference - 3.5) / 0.983 (the standard deviation of preferences). Who runs out of items rates those that were
/// passed over, in order.</item>
/// <item>Rating: preference - labelShift * d + noise * (1 + 2 * labelNoise * d) * N(0, 1), rounded and held within 1 to
/// 5. Recommended is yes from four stars on. Clicked is drawn with probability 1 / (1 + exp(-1.5 z)).</item>
/// <item>Time: users join over the first half of 2025 and spread their rows evenly over the rest of the year.</item>
/// <item>Texts: see docs/simulator.md.</item>
/// </list>
/// <para>Selection by preference follows the missing-not-at-random model of Marlin and Zemel (2009); reinforcement of
/// exposure is a Polya urn.</para>
/// </remarks>
public static class MarketplaceSimulator
{
    private const double FeedbackStrength = 20;
    private const double SelectionStrength = 2;
    private const double NoiseStrength = 2;
    private const double ClickSlope = 1.5;
    private const double YearStart = 1_735_689_600;
    private const double YearSeconds = 365 * 86_400.0;

    // Sums of exposure are made anew after so many users, that their cost does not show.
    private const int RebuildShare = 64;

    private static readonly Vocabulary Sentiments = new(["negative", "neutral", "positive"]);

    /// <summary>Names of the groups that <see cref="Generate"/> attaches, by side.</summary>
    public static IReadOnlyDictionary<GroupSide, IReadOnlyList<string>> GroupNames { get; } =
        new Dictionary<GroupSide, IReadOnlyList<string>>
        {
            [GroupSide.User] = ["gender", "age-band"],
            [GroupSide.Item] = ["provider"],
            [GroupSide.Row] = [],
        };

    /// <summary>The rows one at a time, user by user; memory grows with users and items and not with rows.</summary>
    /// <param name="options">Size and knobs.</param>
    /// <param name="seeds">Source of randomness.</param>
    /// <param name="cancellation">Polled for every user.</param>
    /// <exception cref="InputException">An option is out of range, or the rows do not fit.</exception>
    public static IEnumerable<Interaction> Stream(
        SimulatorOptions options, SeedTree seeds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        options.Check();
        return Rows(options, new MarketplacePopulation(options, seeds, cancellation), seeds, cancellation);
    }

    /// <summary>Attributes of the users and items to whom the codes of <see cref="Stream"/> belong.</summary>
    /// <inheritdoc cref="Stream" path="/param"/>
    /// <inheritdoc cref="Stream" path="/exception"/>
    /// <returns>Users with gender and age-band, items with provider and category; one row for each code.</returns>
    public static (Table Users, Table Items) Entities(
        SimulatorOptions options, SeedTree seeds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        options.Check();
        var population = new MarketplacePopulation(options, seeds, cancellation);
        return (population.UserTable(), population.ItemTable());
    }

    /// <summary>The whole as a data set: the rows of <see cref="Stream"/>, with attributes and groups.</summary>
    /// <inheritdoc cref="Stream" path="/param"/>
    /// <inheritdoc cref="Stream" path="/exception"/>
    /// <returns>Columns user, item, rating, recommended, clicked, time, preference (the truth; no role) and, if
    /// written, text; recommended and clicked are 1 and 0 where they are the label, else yes and no; sentiment or tags
    /// where that is the label. Groups gender and age-band of the users and provider of the items.</returns>
    public static Dataset Generate(
        SimulatorOptions options, SeedTree seeds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        options.Check();
        var population = new MarketplacePopulation(options, seeds, cancellation);
        var rows = Columns(options, population, Rows(options, population, seeds, cancellation));
        var (users, items) = (population.UserTable(), population.ItemTable());
        return new Dataset(
            "simulator",
            rows,
            users,
            items,
            [
                .. GroupNames[GroupSide.User].Select(name => Group(users, name, GroupSide.User)),
                .. GroupNames[GroupSide.Item].Select(name => Group(items, name, GroupSide.Item)),
            ]);
    }

    private static GroupAttribute Group(Table table, string name, GroupSide side) =>
        new(name, side, (CategoricalColumn)table[name]);

    private static Table Columns(
        SimulatorOptions options, MarketplacePopulation population, IEnumerable<Interaction> rows)
    {
        var count = options.Interactions;
        var (users, items, recommended, clicked) = (new int[count], new int[count], new int[count], new int[count]);
        var (ratings, preferences, times) = (new double[count], new double[count], new double[count]);
        var texts = options.Texts ? new string?[count] : null;
        var next = 0;
        foreach (var row in rows)
        {
            users[next] = row.User;
            items[next] = row.Item;
            ratings[next] = row.Rating;
            preferences[next] = row.Preference;
            recommended[next] = row.Recommended ? 1 : 0;
            clicked[next] = row.Clicked ? 1 : 0;
            times[next] = row.Time;
            if (texts is not null)
            {
                texts[next] = row.Text;
            }

            next++;
        }

        var answers = new Vocabulary(["no", "yes"]);
        List<Column> columns =
        [
            new CategoricalColumn("user", users, MarketplacePopulation.Names("user-", options.Users), ColumnRoles.User),
            new CategoricalColumn("item", items, MarketplacePopulation.Names("item-", options.Items), ColumnRoles.Item),
            new NumericColumn(
                "rating", ratings, options.Label == SimulatorLabel.Rating ? ColumnRoles.Label : ColumnRoles.None),
            Answer("recommended", recommended, SimulatorLabel.Recommended),
            Answer("clicked", clicked, SimulatorLabel.Clicked),
            new NumericColumn("time", times, ColumnRoles.Time),
            new NumericColumn("preference", preferences),
        ];
        if (options.Label is SimulatorLabel.Sentiment)
        {
            columns.Add(new CategoricalColumn(
                "sentiment", Array.ConvertAll(ratings, Sentiment), Sentiments, ColumnRoles.Label));
        }
        else if (options.Label is SimulatorLabel.Tags)
        {
            columns.Add(Tags(items, ratings, population));
        }

        if (texts is not null)
        {
            columns.Add(new TextColumn("text", texts, ColumnRoles.Text));
        }

        return new Table(columns);

        // A label of two classes is 0 and 1 for learners and metrics, as it is for data read from files.
        Column Answer(string name, int[] codes, SimulatorLabel label) => options.Label == label
            ? new NumericColumn(name, Array.ConvertAll(codes, code => (double)code), ColumnRoles.Label)
            : new CategoricalColumn(name, codes, answers);
    }

    // Below three stars, three, and above.
    private static int Sentiment(double rating) => rating < 3 ? 0 : rating > 3 ? 2 : 1;

    // The tags of opinion come after the categories.
    private static CategorySetColumn Tags(int[] items, double[] ratings, MarketplacePopulation population)
    {
        var categories = ReviewLexicon.CategoryNames;
        var starts = new int[items.Length + 1];
        var codes = new List<int>();
        for (var row = 0; row < items.Length; row++)
        {
            codes.Add(population.Category(items[row]));
            if (Sentiment(ratings[row]) is var sentiment and not 1)
            {
                codes.Add(categories.Count + (sentiment == 0 ? 0 : 1));
            }

            starts[row + 1] = codes.Count;
        }

        return new CategorySetColumn(
            "tags",
            starts,
            [.. codes],
            new bool[items.Length],
            new Vocabulary([.. categories.Values, "complaint", "praise"]),
            ColumnRoles.Label);
    }

    private static IEnumerable<Interaction> Rows(
        SimulatorOptions options, MarketplacePopulation population, SeedTree seeds, CancellationToken cancellation)
    {
        var random = seeds.Fork("simulator/rows").CreateRandom();
        var writer = options.Texts ? new ReviewWriter(seeds.Fork("simulator/texts").CreateRandom()) : null;
        var counts = ActivityCounts.Of(population.Activity, options.Interactions, options.Items);
        var sampler = new ExposureSampler(population.Exposure);
        var feedback = FeedbackStrength * options.ExposureFeedback * options.Items / options.Interactions;
        var order = random.NextPermutation(options.Users);
        var rebuild = Math.Max(1, options.Items / RebuildShare);
        var (rated, passed) = (new List<int>(), new List<int>());
        for (var place = 0; place < order.Length; place++)
        {
            cancellation.ThrowIfCancellationRequested();
            var user = order[place];
            Choose(options, population, sampler, user, counts[user], random, rated, passed);
            var disadvantage = population.Disadvantage(user);
            var joined = YearStart + (YearSeconds / 2 * place / order.Length);
            var gap = (YearStart + YearSeconds - joined) / Math.Max(1, rated.Count);
            for (var i = 0; i < rated.Count; i++)
            {
                var item = rated[i];
                var preference = population.Preference(user, item);
                var noise = options.Noise * (1 + (NoiseStrength * options.LabelNoise * disadvantage));
                var exact = preference - (options.LabelShift * disadvantage) + (noise * random.NextGaussian());
                var rating = (int)Math.Clamp(Math.Floor(exact + 0.5), 1, 5);
                var clicked = random.NextDouble() < 1 / (1 + Math.Exp(-ClickSlope * Standardized(preference)));
                var time = Math.Floor(joined + (gap * (i + random.NextDouble())));
                var text = writer?.Write(
                    rating, population.Category(item), options.StyleDifference * disadvantage);
                yield return new Interaction(user, item, rating, preference, clicked, time, text);
            }

            rated.ForEach(item => sampler.PutBack(item, feedback));
            passed.ForEach(item => sampler.PutBack(item, 0));
            if (place % rebuild == rebuild - 1)
            {
                sampler.Rebuild();
            }
        }
    }

    // Shows items until the user has rated enough; both lists leave the sampler and are put back by the caller.
    private static void Choose(
        SimulatorOptions options,
        MarketplacePopulation population,
        ExposureSampler sampler,
        int user,
        int count,
        SeededRandom random,
        List<int> rated,
        List<int> passed)
    {
        rated.Clear();
        passed.Clear();
        var strength = SelectionStrength * options.SelectionBias;
        while (rated.Count < count && rated.Count + passed.Count < options.Items)
        {
            var item = sampler.Draw(random);
            var liking = strength == 0 ? 1 : Math.Min(1, Standardized(population.Preference(user, item)));
            var keep = liking >= 1 || random.NextDouble() < Math.Exp(strength * (liking - 1));
            (keep ? rated : passed).Add(item);
        }

        var missing = count - rated.Count;
        rated.AddRange(passed.Take(missing));
        passed.RemoveRange(0, missing);
    }

    private static double Standardized(double preference) =>
        (preference - MarketplacePopulation.MeanRating) / MarketplacePopulation.PreferenceDeviation;
}
