namespace Evenhand.Learning.Mitigations.Post.Pmmf;

/// <summary>Prices of groups (the dual variables of P-MMF) and what is left of their exposure.</summary>
internal sealed class ExposurePrices
{
    private readonly PmmfOptions _options;
    private readonly double[] _limits;
    private readonly double[] _left;
    private readonly double[] _prices;
    private readonly double[] _gradient;
    private readonly double _step;
    private readonly int _length;
    private readonly double _places;

    /// <param name="shares">The share that is due to each group; a group without any has no price.</param>
    /// <param name="options">Weight, step size and momentum.</param>
    /// <param name="users">Number of users in the batch.</param>
    /// <param name="k">Length of the lists.</param>
    public ExposurePrices(double[] shares, PmmfOptions options, int users, int k)
    {
        _options = options;
        _length = k;
        _places = (double)users * k;
        _limits = Array.ConvertAll(shares, share => (1 + (1.0 / shares.Length)) * share);
        _left = Array.ConvertAll(_limits, limit => limit * _places);
        _prices = new double[shares.Length];
        _gradient = new double[shares.Length];
        _step = options.LearningRate / Math.Sqrt(users);
    }

    /// <summary>Price of a group, in units of relevance; negative where it is to be shown more.</summary>
    public double this[int group] => _prices[group];

    /// <summary>Whether the group has had all the places of its limit.</summary>
    public bool IsSpent(int group) => _left[group] <= 0;

    /// <summary>Takes a list off what is left and renews the prices.</summary>
    /// <param name="groups">Groups of the items of the list; negative codes are unknown ones.</param>
    public void Pay(IEnumerable<int> groups)
    {
        var exposure = new double[_prices.Length];
        foreach (var group in groups)
        {
            if (group >= 0)
            {
                exposure[group]++;
            }
        }

        for (var group = 0; group < exposure.Length; group++)
        {
            if (_limits[group] == 0)
            {
                continue;
            }

            _left[group] -= exposure[group];
            var gradient = (_left[group] / _places) - (exposure[group] / _length);
            _gradient[group] = (_options.GradientShare * gradient) + ((1 - _options.GradientShare) * _gradient[group]);
            _prices[group] -= _step * _gradient[group] / (_limits[group] * _limits[group]);
        }

        Project();
    }

    // With z = limit * price: the nearest z whose negative parts sum to at least -strength. Positive parts stay, the
    // negative ones are a projection onto a simplex (Duchi et al. 2008): all rise by the same amount, but not above 0.
    private void Project()
    {
        var negative = new List<double>(_prices.Length);
        for (var group = 0; group < _prices.Length; group++)
        {
            if (_prices[group] < 0)
            {
                negative.Add(-_limits[group] * _prices[group]);
            }
        }

        if (negative.Sum() <= _options.Strength)
        {
            return;
        }

        negative.Sort((x, y) => y.CompareTo(x));
        var (sum, rise) = (0.0, 0.0);
        for (var i = 0; i < negative.Count; i++)
        {
            sum += negative[i];
            if ((sum - _options.Strength) / (i + 1) is var candidate && candidate < negative[i])
            {
                rise = candidate;
            }
        }

        for (var group = 0; group < _prices.Length; group++)
        {
            if (_prices[group] < 0)
            {
                _prices[group] = -Math.Max(0, (-_limits[group] * _prices[group]) - rise) / _limits[group];
            }
        }
    }
}
