namespace Evenhand.Learning.Mitigations.Post.CpFair;

/// <summary>Solves a <see cref="CpFairProblem"/>. Choices are places among each user's candidates, ascending.</summary>
/// <param name="problem">What is to be solved.</param>
/// <param name="threads">How many threads may make lists; the result does not depend on it.</param>
/// <param name="cancellationToken">Polled for each user.</param>
internal sealed class CpFairOptimizer(CpFairProblem problem, int threads, CancellationToken cancellationToken)
{
    // Objectives that differ by less are equal: they are sums over many places.
    private const double Tolerance = 1e-12;

    // Steps without a better bound after which the steps are halved.
    private const int Patience = 5;

    private const int MostRounds = 20;

    /// <summary>The smallest dual value met: no choice has a larger objective.</summary>
    public double Bound { get; private set; } = double.PositiveInfinity;

    /// <summary>One pass at the largest prices, with the signs of the imbalances of the model's own lists.</summary>
    public int[][] Greedy()
    {
        var prices = new double[problem.Weights.Length];
        var imbalances = problem.Imbalances(problem.Totals(Choose(prices, out _)));
        for (var i = 0; i < prices.Length; i++)
        {
            prices[i] = problem.Weights[i] * (Math.Abs(imbalances[i]) > Tolerance ? Math.Sign(imbalances[i]) : 0);
        }

        return Choose(prices, out _);
    }

    /// <summary>Prices by projected subgradients of the dual, then exchanges.</summary>
    /// <param name="iterations">Number of steps.</param>
    public int[][] LinearProgram(int iterations)
    {
        var prices = new double[problem.Weights.Length];
        var bestPrices = prices;
        int[][]? best = null;
        var (most, scale, stalled) = (double.NegativeInfinity, 1.0, 0);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var chosen = Choose(prices, out var adjusted);
            var totals = problem.Totals(chosen);
            if (problem.Objective(totals) is var objective && objective > most)
            {
                (best, most) = (chosen, objective);
            }

            var dual = problem.Dual(adjusted, prices);
            stalled = dual < Bound - Tolerance ? 0 : stalled + 1;
            if (dual < Bound)
            {
                (Bound, bestPrices) = (dual, (double[])prices.Clone());
            }

            if (stalled > Patience)
            {
                (scale, stalled) = (scale / 2, 0);
            }

            if (Bound - most <= Tolerance || !Step(prices, problem.Imbalances(totals), scale * (dual - most)))
            {
                break;
            }
        }

        return best is null ? [] : Exchange(best, bestPrices);
    }

    // Polyak's step, with the best objective so far for the unknown smallest dual value. False where no price can move.
    private bool Step(double[] prices, double[] imbalances, double gap)
    {
        var norm = 0.0;
        for (var i = 0; i < prices.Length; i++)
        {
            var isHeld = Math.Abs(prices[i]) >= problem.Weights[i] && prices[i] * imbalances[i] >= 0;
            imbalances[i] = isHeld ? 0 : imbalances[i];
            norm += imbalances[i] * imbalances[i];
        }

        for (var i = 0; i < prices.Length && norm > 0; i++)
        {
            prices[i] = Math.Clamp(
                prices[i] + (gap * imbalances[i] / norm), -problem.Weights[i], problem.Weights[i]);
        }

        return norm > 0;
    }

    // The best candidates of each user at the given prices, and the sum of their adjusted relevance.
    private int[][] Choose(double[] prices, out double sum)
    {
        var chosen = new int[problem.Count][];
        var sums = new double[problem.Count];
        Parallel.For(
            0,
            chosen.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            user =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var adjusted = problem.Adjusted(user, prices);
                var places = new int[adjusted.Length];
                for (var place = 0; place < places.Length; place++)
                {
                    places[place] = place;
                }

                Array.Sort(places, (x, y) =>
                    adjusted[y].CompareTo(adjusted[x]) is var order and not 0 ? order : x.CompareTo(y));
                chosen[user] = places[..problem.Lengths[user]];
                foreach (var place in chosen[user])
                {
                    sums[user] += adjusted[place];
                }

                Array.Sort(chosen[user]);
            });
        sum = sums.Sum();
        return chosen;
    }

    // Exchanges a chosen candidate for another one where the objective gains, those that cost least at the given prices
    // first, until a round brings nothing.
    private int[][] Exchange(int[][] chosen, double[] prices)
    {
        chosen = [.. chosen.Select(places => (int[])places.Clone())];
        var totals = problem.Totals(chosen);
        var objective = problem.Objective(totals);
        for (var round = 0; round < MostRounds; round++)
        {
            var any = false;
            foreach (var (user, old, place) in Exchanges(chosen, prices))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Array.IndexOf(chosen[user], old) is var index && (index < 0 || chosen[user].Contains(place)))
                {
                    continue;
                }

                totals = problem.Add(problem.Add(totals, user, old, -1), user, place, 1);
                if (problem.Objective(totals) is var value && value > objective + Tolerance)
                {
                    (objective, any) = (value, true);
                    chosen[user][index] = place;
                    Array.Sort(chosen[user]);
                }
                else
                {
                    totals = problem.Add(problem.Add(totals, user, place, -1), user, old, 1);
                }
            }

            if (!any)
            {
                break;
            }
        }

        return chosen;
    }

    // For each user and pair of groups of items: the chosen candidate worth least and the other one worth most.
    private List<(int User, int Old, int Place)> Exchanges(int[][] chosen, double[] prices)
    {
        var exchanges = new List<(double Cost, int User, int Old, int Place)>();
        for (var user = 0; user < chosen.Length; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var adjusted = problem.Adjusted(user, prices);
            var groups = problem.ItemGroups(user);
            var places = Enumerable.Range(0, adjusted.Length).ToLookup(chosen[user].Contains);
            var least = places[true].GroupBy(place => groups[place]).Select(own => own.MinBy(place => adjusted[place]));
            var most = places[false].GroupBy(place => groups[place]).Select(own => own.MaxBy(place => adjusted[place]));
            exchanges.AddRange(
                from old in least from place in most select (adjusted[old] - adjusted[place], user, old, place));
        }

        exchanges.Sort();
        return [.. exchanges.Select(exchange => (exchange.User, exchange.Old, exchange.Place))];
    }
}
