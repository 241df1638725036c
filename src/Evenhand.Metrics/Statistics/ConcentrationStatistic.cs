using System.Runtime.CompilerServices;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>How a population's recommendations at k spread over the items of the catalogue. Its figures are no sums over
/// users: every resample counts the items of every population again.</summary>
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
        private readonly int[] _units;
        private readonly int[] _listStarts;
        private readonly int[] _listed;
        private readonly int[] _relevantStarts;
        private readonly int[] _relevant;
        private readonly TargetExposure[] _targets;
        private readonly int[] _items;

        public ListsOfPopulation(Frame frame, List<int> rows, int k)
        {
            var data = (RankingEvaluation)frame.Data;
            _catalogue = data.Catalogue!;
            _tailItems = _catalogue.TailCount;
            var longest = rows.Count == 0 ? 0 : rows.Max(row => Math.Min(k, data.Rankings[row].Length));
            _discounts = PositionModel.LogarithmicTable(longest);
            var cumulative = TargetExposure.Cumulative(Math.Min(k, _catalogue.Count));
            _places = cumulative[^1];
            _units = [.. rows.Select(frame.Units.UnitOf)];
            (_listStarts, _relevantStarts) = (new int[rows.Count + 1], new int[rows.Count + 1]);
            _targets = new TargetExposure[rows.Count];
            var numbers = new Dictionary<int, int>();
            var (listed, relevant) = (new List<int>(), new List<int>());
            for (var i = 0; i < rows.Count; i++)
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
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Measure(Resample resample, Span<double> figures)
        {
            var room = resample.Rent(3 * _items.Length);
            room.Clear();
            var counts = room[.._items.Length];
            var exposures = room.Slice(_items.Length, _items.Length);
            var targets = room[(2 * _items.Length)..];
            var (users, others, total, exposure) = (0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < _units.Length; i++)
            {
                var drawn = resample.UnitWeights[_units[i]];
                if (drawn == 0)
                {
                    continue;
                }

                var list = _listed.AsSpan(_listStarts[i].._listStarts[i + 1]);
                for (var place = 0; place < list.Length; place++)
                {
                    counts[list[place]] += drawn;
                    exposures[list[place]] += drawn * _discounts[place];
                    exposure += drawn * _discounts[place];
                }

                var (ofRelevant, ofOthers) = _targets[i];
                foreach (var item in _relevant.AsSpan(_relevantStarts[i].._relevantStarts[i + 1]))
                {
                    targets[item] += drawn * (ofRelevant - ofOthers);
                }

                users += drawn;
                others += drawn * ofOthers;
                total += drawn * list.Length;
            }

            MeasureExposure(exposures, targets, users, others / users, figures);
            MeasureCounts(counts, total, figures);
            figures[Gini] = GiniOf(counts, total);
            figures[ExposureGini] = GiniOf(exposures, exposure);
        }

        private void MeasureExposure(
            ReadOnlySpan<double> exposures,
            ReadOnlySpan<double> targets,
            double users,
            double others,
            Span<double> figures)
        {
            var (disparity, relevance, loss) = (0.0, 0.0, 0.0);
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
