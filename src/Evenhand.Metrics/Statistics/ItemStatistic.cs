using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>What the items of each group get from the lists of all users at k, and what they would deserve: sums over
/// users, and beside them the totals of the whole catalogue.</summary>
/// <param name="K">Length of the lists that is looked at.</param>
internal sealed record ItemStatistic(int K) : Statistic
{
    // Sums over users.
    public const int Exposure = 0;
    public const int GeometricExposure = 1;
    public const int Recommended = 2;
    public const int Hits = 3;
    public const int RelevantExposure = 4;
    public const int Relevant = 5;
    public const int Unseen = 6;
    public const int TargetExposure = 7;

    // The same for every group.
    public const int Users = 8;
    public const int CatalogueItems = 9;
    public const int TotalExposure = 10;
    public const int TotalGeometricExposure = 11;
    public const int TotalRecommended = 12;
    public const int TotalRelevantExposure = 13;
    public const int TotalRelevant = 14;

    /// <summary>Number of items of the group.</summary>
    public const int Items = 15;

    private const int SumCount = 8;

    public override int Width => 16;

    public override bool OfItems => true;

    public override bool NeedsCatalogue => true;

    public override PreparedStatistic Prepare(Frame frame) => new Prepared(frame, this);

    private sealed class Prepared : PreparedStatistic
    {
        private readonly Populations _populations;
        private readonly int _items;
        private readonly int _width;
        private readonly SparseSums _sums;

        public Prepared(Frame frame, ItemStatistic statistic)
        {
            var data = (RankingEvaluation)frame.Data;
            _populations = frame.ItemPopulations;
            _items = data.Catalogue!.Count;
            _width = statistic.Width;

            // Behind the populations' own: users, and the target exposure of every item that is not relevant.
            _sums = new SparseSums((_populations.Count * SumCount) + 2);
            var k = Math.Min(statistic.K, _items);
            var discounts = PositionModel.LogarithmicTable(k);
            var cumulative = Evenhand.Metrics.Statistics.TargetExposure.Cumulative(k);
            var relevant = new HashSet<int>();
            for (var row = 0; row < data.Count; row++)
            {
                frame.Options.CancellationToken.ThrowIfCancellationRequested();
                relevant.Clear();
                relevant.UnionWith(data.Relevant[row]);
                AddList(data.Rankings[row], k, discounts, relevant);
                var target = Evenhand.Metrics.Statistics.TargetExposure.Of(relevant.Count, _items, cumulative);
                foreach (var item in relevant)
                {
                    Add(item, Relevant, 1);
                    Add(item, TargetExposure, target.OfRelevant - target.OfOthers);
                }

                foreach (var item in data.Seen is { } seen ? seen[row] : [])
                {
                    Add(item, Unseen, -1);
                }

                _sums.Add(_populations.Count * SumCount, 1);
                _sums.Add((_populations.Count * SumCount) + 1, target.OfOthers);
                _sums.EndRow(frame.Units.UnitOf(row));
            }
        }

        public override int Length => _populations.Count * _width;

        public override void Measure(Resample resample, Span<double> figures)
        {
            var sums = resample.Rent((_populations.Count * SumCount) + 2);
            _sums.Sum(resample, sums);
            var (users, others) = (sums[^2], sums[^1]);
            for (var population = 0; population < _populations.Count; population++)
            {
                var items = _populations.RowCounts[population];
                var own = figures.Slice(population * _width, _width);
                sums.Slice(population * SumCount, SumCount).CopyTo(own);
                own[Unseen] += users * items;
                own[TargetExposure] += others * items;
                own[Users] = users;
                own[CatalogueItems] = _items;
                own[TotalExposure] = sums[Exposure];
                own[TotalGeometricExposure] = sums[GeometricExposure];
                own[TotalRecommended] = sums[Recommended];
                own[TotalRelevantExposure] = sums[RelevantExposure];
                own[TotalRelevant] = sums[Relevant];
                own[Items] = items;
            }
        }

        private void AddList(int[] ranked, int k, double[] discounts, HashSet<int> relevant)
        {
            for (var place = 0; place < Math.Min(k, ranked.Length); place++)
            {
                var item = ranked[place];
                Add(item, Exposure, discounts[place]);
                Add(item, GeometricExposure, PositionModel.Geometric(place));
                Add(item, Recommended, 1);
                if (relevant.Contains(item))
                {
                    Add(item, Hits, 1);
                    Add(item, RelevantExposure, discounts[place]);
                }
            }
        }

        // To the whole catalogue and to the item's group in every attribute.
        private void Add(int item, int figure, double value)
        {
            _sums.Add(figure, value);
            for (var attribute = 0; attribute < _populations.Attributes.Count; attribute++)
            {
                if (_populations.Attributes[attribute].Codes[item] is var group and >= 0)
                {
                    _sums.Add(((_populations.First[attribute] + group) * SumCount) + figure, value);
                }
            }
        }
    }
}
