using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>Number of users, and of those whose list at k fails the FA*IR test with the group protected.</summary>
/// <param name="K">Length of the lists that is looked at.</param>
internal sealed record FairPrefixStatistic(int K) : Statistic
{
    public const int Users = 0;
    public const int Failures = 1;

    public override int Width => 2;

    public override bool OfItems => true;

    public override bool NeedsCatalogue => true;

    public override PreparedStatistic Prepare(Frame frame) => new Prepared(frame, K);

    private sealed class Prepared : PreparedStatistic
    {
        private readonly int _length;
        private readonly SparseSums _sums;

        public Prepared(Frame frame, int k)
        {
            var data = (RankingEvaluation)frame.Data;
            var populations = frame.ItemPopulations;
            var items = data.Catalogue!.Count;
            k = Math.Min(k, items);
            _length = 2 * populations.Count;
            _sums = new SparseSums(_length);
            var minima = new int[populations.Count][];
            for (var population = 0; population < minima.Length; population++)
            {
                var share = items == 0 ? 0 : (double)populations.RowCounts[population] / items;
                minima[population] = FairTopK.MinimumProtected(k, share, FairTopK.Significance);
            }

            var counts = new int[populations.Count];
            for (var row = 0; row < data.Count; row++)
            {
                frame.Options.CancellationToken.ThrowIfCancellationRequested();
                for (var population = 0; population < counts.Length; population++)
                {
                    _sums.Add((2 * population) + Users, 1);
                }

                AddFailures(populations, minima, data.Rankings[row], counts);
                _sums.EndRow(frame.Units.UnitOf(row));
            }
        }

        public override int Length => _length;

        public override void Measure(Resample resample, Span<double> figures) => _sums.Sum(resample, figures);

        private void AddFailures(Populations populations, int[][] minima, int[] ranked, int[] counts)
        {
            Array.Clear(counts);
            Span<bool> failed = new bool[counts.Length];
            for (var place = 0; place < Math.Min(minima[0].Length, ranked.Length); place++)
            {
                counts[0]++;
                for (var attribute = 0; attribute < populations.Attributes.Count; attribute++)
                {
                    if (populations.Attributes[attribute].Codes[ranked[place]] is var group and >= 0)
                    {
                        counts[populations.First[attribute] + group]++;
                    }
                }

                for (var population = 0; population < counts.Length; population++)
                {
                    failed[population] |= counts[population] < minima[population][place];
                }
            }

            for (var population = 0; population < counts.Length; population++)
            {
                if (failed[population])
                {
                    _sums.Add((2 * population) + Failures, 1);
                }
            }
        }
    }
}
