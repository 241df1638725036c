using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>How a population's recommendations at k spread over the items of the catalogue. Its figures are no sums
/// over users: every resample counts the items of every population again.</summary>
/// <remarks>Users that are drawn twice cover nothing new, so resamples with replacement say little of a coverage. Here
/// a resample leaves out d of n users at random, and its figures are those of the others with the distance from the
/// figures of all times sqrt((n - d) / d): they spread about as figures of n users do (delete-d jackknife: Shao and Wu
/// 1989), and where few are left out seldom less (Efron and Stein 1981).</remarks>
/// <param name="K">Length of the lists that is looked at.</param>
internal sealed record ConcentrationStatistic(int K) : Statistic
{
    public const int Coverage = 0;
    public const int TailCoverage = 1;
    public const int Gini = 2;
    public const int Entropy = 3;
    public const int ExposureGini = 4;
    public const int ExposureDisparity = 5;
    public const int ExposureRelevance = 6;
    public const int ExposureLoss = 7;
    public const int FigureCount = 8;

    // Share of the units that a resample leaves out.
    private const double ShareLeftOut = 0.05;

    // What is summed over all rows.
    private const int Users = 0;
    private const int TotalListed = 1;
    private const int TotalExposure = 2;
    private const int TotalOthers = 3;
    private const int TotalCount = 4;

    public override int Width => FigureCount;

    public override bool NeedsCatalogue => true;

    public override PreparedStatistic Prepare(Frame frame) => new PreparedLists(frame, K);

    private sealed class PreparedLists : PreparedStatistic
    {
        private readonly ListsOfPopulation[] _populations;

        public PreparedLists(Frame frame, int k)
        {
            var populations = frame.Populations;
            var rows = new List<int>[populations.Count];
            rows[0] = [.. Enumerable.Range(0, frame.Data.Count)];
            for (var attribute = 0; attribute < populations.Attributes.Count; attribute++)
            {
                var (codes, first) = (populations.Attributes[attribute].Codes, populations.First[attribute]);
                for (var group = 0; group < populations.Attributes[attribute].Groups.Count; group++)
                {
                    rows[first + group] = [];
                }

                for (var row = 0; row < codes.Length; row++)
                {
                    if (codes[row] >= 0)
                    {
                        rows[first + codes[row]].Add(row);
                    }
                }
            }

            _populations = Array.ConvertAll(rows, members => new ListsOfPopulation(frame, members, k));
        }

        public override int Length => _populations.Length * FigureCount;

        public override void Measure(Resample resample, Span<double> figures)
        {
            for (var population = 0; population < _populations.Length; population++)
            {
                _populations[population].Measure(resample, figures.Slice(population * FigureCount, FigureCount));
            }
        }
    }

    /// <summary>The lists and relevant items of one population's users, with the items that occur numbered among
    /// themselves: what is counted is as long as what can be in it, however large the catalogue.</summary>
    private sealed class ListsOfPopulation
    {
        private readonly ItemCatalogue _catalogue;
        private readonly double[] _discounts;
        private readonly double _places;
        private readonly int _tailItems;

        // The units, and first row of each.
        private readonly int[] _units;
        private readonly int[] _rowStarts;

        // By row.
        private readonly int[] _listStarts;
        private readonly int[] _listed;
        private readonly int[] _relevantStarts;
        private readonly int[] _relevant;
        private readonly TargetExposure[] _targets;

        private readonly int[] _items;
        private readonly double[] _sums;
        private readonly double[] _asTheyAre = new double[FigureCount];

        public ListsOfPopulation(Frame frame, List<int> members, int k)
        {
            var data = (RankingEvaluation)frame.Data;
            _catalogue = data.Catalogue!;
            _tailItems = _catalogue.TailCount;
            int[] rows = [.. members.OrderBy(frame.Units.UnitOf)];
            int[] starts =
            [
                .. Enumerable.Range(0, rows.Length).Where(i =>
                    i == 0 || frame.Units.UnitOf(rows[i]) != frame.Units.UnitOf(rows[i - 1])),
            ];
            (_units, _rowStarts) = (
                Array.ConvertAll(starts, start => frame.Units.UnitOf(rows[start])), [.. starts, rows.Length]);
            var longest = rows.Length == 0 ? 0 : rows.Max(row => Math.Min(k, data.Rankings[row].Length));
            _discounts = PositionModel.LogarithmicTable(longest);
            var cumulative = TargetExposure.Cumulative(Math.Min(k, _catalogue.Count));
            _places = cumulative[^1];
            (_listStarts, _relevantStarts) = (new int[rows.Length + 1], new int[rows.Length + 1]);
            _targets = new TargetExposure[rows.Length];
            var numbers = new Dictionary<int, int>();
            var (listed, relevant) = (new List<int>(), new List<int>());
            for (var i = 0; i < rows.Length; i++)
            {
                foreach (var item in data.Rankings[rows[i]].Take(k))
                {
                    numbers.TryAdd(item, numbers.Count);
                    listed.Add(numbers[item]);
                }

                foreach (var item in data.Relevant[rows[i]].Distinct())
                {
                    numbers.TryAdd(item, numbers.Count);
                    relevant.Add(numbers[item]);
                }

                (_listStarts[i + 1], _relevantStarts[i + 1]) = (listed.Count, relevant.Count);
                _targets[i] = TargetExposure.Of(
                    _relevantStarts[i + 1] - _relevantStarts[i], _catalogue.Count, cumulative);
            }

            (_listed, _relevant, _items) = ([.. listed], [.. relevant], [.. numbers.Keys]);
            _sums = new double[(3 * _items.Length) + TotalCount];
            Add(0..rows.Length, 1, _sums);
            Read([.. _sums], _asTheyAre);
        }

        public void Measure(Resample resample, Span<double> figures)
        {
            _asTheyAre.CopyTo(figures);
            if (!resample.IsDrawn)
            {
                return;
            }

            if (_units.Length < 2)
            {
                figures.Fill(double.NaN);
                return;
            }

            var left = Math.Max(1, (int)Math.Round(ShareLeftOut * _units.Length));
            var sums = resample.Rent(_sums.Length);
            _sums.CopyTo(sums);
            foreach (var unit in resample.Choose(_units, left))
            {
                Add(_rowStarts[unit].._rowStarts[unit + 1], -1, sums);
            }

            Read(sums, figures);
            var stretch = Math.Sqrt((double)(_units.Length - left) / left);
            for (var i = 0; i < FigureCount; i++)
            {
                figures[i] = _asTheyAre[i] + (stretch * (figures[i] - _asTheyAre[i]));
            }
        }

        // Adds rows so many times: by item recommendations, exposure and target exposure, and the totals behind them.
        private void Add(Range rows, double times, Span<double> sums)
        {
            var totals = sums[(3 * _items.Length)..];
            for (var row = rows.Start.Value; row < rows.End.Value; row++)
            {
                var list = _listed.AsSpan(_listStarts[row].._listStarts[row + 1]);
                for (var place = 0; place < list.Length; place++)
                {
                    sums[list[place]] += times;
                    sums[_items.Length + list[place]] += times * _discounts[place];
                    totals[TotalExposure] += times * _discounts[place];
                }

                var (ofRelevant, ofOthers) = _targets[row];
                foreach (var item in _relevant.AsSpan(_relevantStarts[row].._relevantStarts[row + 1]))
                {
                    sums[(2 * _items.Length) + item] += times * (ofRelevant - ofOthers);
                }

                totals[Users] += times;
                totals[TotalOthers] += times * ofOthers;
                totals[TotalListed] += times * list.Length;
            }
        }

        // Sorts the sums.
        private void Read(Span<double> sums, Span<double> figures)
        {
            var counts = sums[.._items.Length];
            var exposures = sums.Slice(_items.Length, _items.Length);
            var totals = sums[(3 * _items.Length)..];
            MeasureExposure(exposures, sums.Slice(2 * _items.Length, _items.Length), totals, figures);
            MeasureCounts(counts, totals[TotalListed], figures);
            figures[Gini] = GiniOf(counts, totals[TotalListed]);
            figures[ExposureGini] = GiniOf(exposures, totals[TotalExposure]);
        }

        private void MeasureExposure(
            ReadOnlySpan<double> exposures,
            ReadOnlySpan<double> targets,
            ReadOnlySpan<double> totals,
            Span<double> figures)
        {
            var (disparity, relevance, loss) = (0.0, 0.0, 0.0);
            var (users, others) = (totals[Users], totals[TotalOthers] / totals[Users]);
            for (var item = 0; item < exposures.Length; item++)
            {
                var exposure = exposures[item] / users / _places;
                var target = (targets[item] / users) + others;
                disparity += exposure * exposure;
                relevance += exposure * target;
                loss += (exposure - target) * (exposure - target);
            }

            // Items that nobody was shown or would like.
            loss += (_catalogue.Count - exposures.Length) * others * others;
            figures[ExposureDisparity] = users > 0 ? disparity : double.NaN;
            figures[ExposureRelevance] = users > 0 ? relevance : double.NaN;
            figures[ExposureLoss] = users > 0 ? loss : double.NaN;
        }

        private void MeasureCounts(ReadOnlySpan<double> counts, double total, Span<double> figures)
        {
            var (covered, coveredTail, entropy) = (0, 0, 0.0);
            for (var item = 0; item < counts.Length; item++)
            {
                if (counts[item] > 0)
                {
                    covered++;
                    coveredTail += _catalogue.Tail[_items[item]] ? 1 : 0;
                    entropy -= counts[item] / total * Math.Log2(counts[item] / total);
                }
            }

            figures[Coverage] = total > 0 ? (double)covered / _catalogue.Count : double.NaN;
            figures[TailCoverage] = total > 0 ? (double)coveredTail / _tailItems : double.NaN;
            figures[Entropy] = total > 0 ? entropy : double.NaN;
        }

        // Sorts the values. Items that do not occur are the first, with nothing.
        private double GiniOf(Span<double> values, double total)
        {
            values.Sort();
            var items = _catalogue.Count;
            var sum = 0.0;
            for (var i = 0; i < values.Length; i++)
            {
                var place = items - values.Length + i + 1;
                sum += ((2.0 * place) - items - 1) * values[i];
            }

            return sum / total / (items - 1);
        }
    }
}
