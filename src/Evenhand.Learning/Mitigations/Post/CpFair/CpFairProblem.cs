using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.CpFair;

/// <summary>The choice of k candidates for each user of a batch: relevance, and imbalances that cost.</summary>
/// <remarks>An imbalance is a linear function of the choice: that of a group of items is its share of the places less
/// what is due, that of a group of users the mean worth of its lists less the mean over groups. Imbalances of items
/// come first.</remarks>
internal sealed class CpFairProblem
{
    private readonly int[][] _itemGroups;
    private readonly double[][] _relevance;
    private readonly double[][] _worth;
    private readonly double[] _shares;
    private readonly int[] _userGroups;
    private readonly int[] _groupSizes;
    private readonly int _groupsPresent;
    private readonly double _places;

    /// <param name="users">Candidates of each user.</param>
    /// <param name="k">Length of the lists.</param>
    /// <param name="items">Groups of the items.</param>
    /// <param name="shares">The share that is due to each group of items.</param>
    /// <param name="tastes">Groups of the users and what they choose.</param>
    /// <param name="itemStrength">Weight of the item side.</param>
    /// <param name="userStrength">Weight of the user side.</param>
    public CpFairProblem(
        IReadOnlyList<Candidates> users,
        int k,
        ItemGrouping items,
        double[] shares,
        UserTastes tastes,
        double itemStrength,
        double userStrength)
    {
        _shares = shares;
        _relevance = [.. users.Select(Relevance.Of)];
        _itemGroups = [.. users.Select(user => Array.ConvertAll(user.Items, item => items[item]))];
        _userGroups = [.. users.Select(user => tastes.GroupOf(user.User))];
        Lengths = [.. users.Select(user => Math.Min(k, user.Items.Length))];
        _worth = [.. users.Select((user, index) => Worth(user, Lengths[index], tastes))];
        _places = Lengths.Sum(length => (double)length);
        _groupSizes = new int[tastes.Count];
        foreach (var group in _userGroups.Where(group => group >= 0))
        {
            _groupSizes[group]++;
        }

        _groupsPresent = _groupSizes.Count(size => size > 0);
        Weights =
        [
            .. Enumerable.Repeat(itemStrength / 2, shares.Length),
            .. Enumerable.Repeat(userStrength / 2, tastes.Count),
        ];
    }

    /// <summary>Number of users.</summary>
    public int Count => Lengths.Length;

    /// <summary>How many candidates are chosen for each user.</summary>
    public int[] Lengths { get; }

    /// <summary>Cost of each imbalance: the largest its price can be, either way.</summary>
    public double[] Weights { get; }

    /// <summary>Groups of a user's candidates.</summary>
    public int[] ItemGroups(int user) => _itemGroups[user];

    /// <summary>Relevance of a user's candidates less what they cost at the given prices.</summary>
    public double[] Adjusted(int user, ReadOnlySpan<double> prices)
    {
        var worthPrice = WorthPrice(user, prices);
        var adjusted = (double[])_relevance[user].Clone();
        for (var place = 0; place < adjusted.Length; place++)
        {
            var group = _itemGroups[user][place];
            adjusted[place] -= (group < 0 ? 0 : prices[group]) + (worthPrice * _worth[user][place]);
        }

        return adjusted;
    }

    /// <summary>Value of the dual: an upper bound on the objective of all choices.</summary>
    /// <param name="adjusted">Sum of the adjusted relevance of the best choice at these prices.</param>
    /// <param name="prices">The prices.</param>
    public double Dual(double adjusted, ReadOnlySpan<double> prices)
    {
        var due = 0.0;
        for (var group = 0; group < _shares.Length; group++)
        {
            due += prices[group] * _shares[group];
        }

        return (_places == 0 ? 0 : adjusted / _places) + due;
    }

    /// <summary>What a choice adds up to; <see cref="Objective"/> reads it.</summary>
    public CpFairTotals Totals(int[][] chosen)
    {
        var totals = new CpFairTotals(0, new double[_shares.Length], new double[_groupSizes.Length]);
        for (var user = 0; user < chosen.Length; user++)
        {
            foreach (var place in chosen[user])
            {
                totals = Add(totals, user, place, 1);
            }
        }

        return totals;
    }

    /// <summary>Adds a candidate to totals, in place, or takes it off.</summary>
    public CpFairTotals Add(CpFairTotals totals, int user, int place, int sign)
    {
        if (_itemGroups[user][place] is var group and >= 0)
        {
            totals.Items[group] += sign;
        }

        if (_userGroups[user] is var own and >= 0)
        {
            totals.Worth[own] += sign * _worth[user][place];
        }

        return totals with { Relevance = totals.Relevance + (sign * _relevance[user][place]) };
    }

    /// <summary>The imbalances of a choice.</summary>
    public double[] Imbalances(CpFairTotals totals)
    {
        var result = new double[Weights.Length];
        if (_places == 0)
        {
            return result;
        }

        for (var group = 0; group < _shares.Length; group++)
        {
            result[group] = (totals.Items[group] / _places) - _shares[group];
        }

        var mean = 0.0;
        for (var group = 0; group < _groupSizes.Length; group++)
        {
            mean += _groupSizes[group] == 0 ? 0 : totals.Worth[group] / _groupSizes[group] / _groupsPresent;
        }

        for (var group = 0; group < _groupSizes.Length; group++)
        {
            result[_shares.Length + group] =
                _groupSizes[group] == 0 ? 0 : (totals.Worth[group] / _groupSizes[group]) - mean;
        }

        return result;
    }

    /// <summary>Mean relevance less the weighted imbalances.</summary>
    public double Objective(CpFairTotals totals)
    {
        var imbalances = Imbalances(totals);
        var value = _places == 0 ? 0 : totals.Relevance / _places;
        for (var i = 0; i < imbalances.Length; i++)
        {
            value -= Weights[i] * Math.Abs(imbalances[i]);
        }

        return value;
    }

    // The mean of the groups' worths enters each group's imbalance, hence the difference to the mean price.
    private double WorthPrice(int user, ReadOnlySpan<double> prices)
    {
        if (_userGroups[user] is not (var own and >= 0))
        {
            return 0;
        }

        var mean = 0.0;
        for (var group = 0; group < _groupSizes.Length; group++)
        {
            mean += _groupSizes[group] == 0 ? 0 : prices[_shares.Length + group] / _groupsPresent;
        }

        return _places * (prices[_shares.Length + own] - mean) / _groupSizes[own];
    }

    private static double[] Worth(Candidates user, int length, UserTastes tastes)
    {
        var worth = new double[user.Items.Length];
        if (tastes.GroupOf(user.User) is var group and >= 0)
        {
            var shares = tastes.SharesOf(group);
            for (var place = 0; place < worth.Length; place++)
            {
                worth[place] = shares[user.Items[place]];
            }

            var most = worth.OrderDescending().Take(length).Sum();
            for (var place = 0; place < worth.Length && most > 0; place++)
            {
                worth[place] /= most;
            }
        }

        return worth;
    }
}

/// <summary>Sums over the chosen candidates.</summary>
/// <param name="Relevance">Their relevance.</param>
/// <param name="Items">How many are of each group of items.</param>
/// <param name="Worth">Their worth, by group of users.</param>
internal readonly record struct CpFairTotals(double Relevance, double[] Items, double[] Worth);
