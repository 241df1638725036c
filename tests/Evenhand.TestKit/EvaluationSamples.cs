using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.TestKit;

/// <summary>Random predictions of every kind, with their groups.</summary>
public static class EvaluationSamples
{
    /// <summary>Number of items in the catalogue of rankings.</summary>
    public const int CatalogueItems = 60;

    private const int Classes = 4;
    private const int Items = 12;
    private const int Features = 5;
    private const int TrainingUsers = 500;

    /// <summary>Predictions that are better than chance and far from perfect; items are set, scores are
    /// probabilities, and terms of the attribute <c>g</c> have been swapped.</summary>
    public static EvaluationData Create(PredictionKind kind, int rows, SeededRandom random) => kind switch
    {
        PredictionKind.Rating => Ratings(rows, random),
        PredictionKind.Classification => Classification(rows, random),
        PredictionKind.Ranking => Rankings(rows, random),
        PredictionKind.Multiclass => Multiclass(rows, random),
        PredictionKind.MultiLabel => MultiLabel(rows, random),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The same truth, predicted without an error.</summary>
    public static EvaluationData Perfect(EvaluationData data) => data switch
    {
        RatingEvaluation rating => rating with { Predictions = rating.Labels },
        ClassificationEvaluation classes => classes with
        {
            Decisions = classes.Labels,
            Scores = Array.ConvertAll(classes.Labels, label => (double)label),
        },
        MulticlassEvaluation classes => classes with
        {
            Decisions = classes.Labels,
            Probabilities = [.. classes.Labels.SelectMany(
                label => Enumerable.Range(0, Classes).Select(code => code == label ? 1.0 : 0))],
        },
        MultiLabelEvaluation sets => sets with
        {
            Decisions = sets.Labels,
            Probabilities = Array.ConvertAll(sets.Labels, label => (double)label),
        },
        RankingEvaluation ranking => ranking with
        {
            Rankings = [.. ranking.Relevant.Zip(ranking.Rankings, (r, ranked) => r.Concat(ranked.Except(r)).ToArray())],
        },
        _ => throw new ArgumentException("Unknown kind of data.", nameof(data)),
    };

    /// <summary>The given rows, in the given order.</summary>
    public static EvaluationData Select(EvaluationData data, int[] rows)
    {
        T[] Pick<T>(T[] values) => Array.ConvertAll(rows, row => values[row]);
        EvaluationData selected = data switch
        {
            RatingEvaluation rating => new RatingEvaluation(Pick(rating.Labels), Pick(rating.Predictions))
            {
                Items = rating.Items is null ? null : Pick(rating.Items),
                Weights = rating.Weights is null ? null : Pick(rating.Weights),
            },
            ClassificationEvaluation classes => new ClassificationEvaluation(
                Pick(classes.Labels), Pick(classes.Decisions))
            {
                Scores = classes.Scores is null ? null : Pick(classes.Scores),
                Weights = classes.Weights is null ? null : Pick(classes.Weights),
                Counterfactuals =
                [
                    .. classes.Counterfactuals.Select(c => c with { Flips = Pick(c.Flips), Changes = Pick(c.Changes) }),
                ],
            },
            MulticlassEvaluation classes => new MulticlassEvaluation(
                Classes, Pick(classes.Labels), Pick(classes.Decisions))
            {
                Probabilities = classes.Probabilities is null ? null : PickClasses(classes.Probabilities, rows),
                Weights = classes.Weights is null ? null : Pick(classes.Weights),
            },
            MultiLabelEvaluation sets => new MultiLabelEvaluation(
                Classes, PickClasses(sets.Labels, rows), PickClasses(sets.Decisions, rows))
            {
                Probabilities = sets.Probabilities is null ? null : PickClasses(sets.Probabilities, rows),
                Weights = sets.Weights is null ? null : Pick(sets.Weights),
            },
            RankingEvaluation ranking => new RankingEvaluation(
                Pick(ranking.Users), Pick(ranking.Rankings), Pick(ranking.Relevant))
            {
                Catalogue = ranking.Catalogue,
                Seen = ranking.Seen is null ? null : Pick(ranking.Seen),
            },
            _ => throw new ArgumentException("Unknown kind of data.", nameof(data)),
        };
        return selected with { Units = data.Units is null ? null : Pick(data.Units) };
    }

    /// <summary>The same rows with weights; rankings are not weighted and come back as they are.</summary>
    public static EvaluationData Weigh(EvaluationData data, double[] weights) => data switch
    {
        RatingEvaluation rating => rating with { Weights = weights },
        ClassificationEvaluation classes => classes with { Weights = weights },
        ClassesEvaluation classes => classes with { Weights = weights },
        _ => data,
    };

    /// <summary>Random groups; about one row in ten is of unknown group.</summary>
    public static GroupCodes Groups(string attribute, int rows, int groups, SeededRandom random) =>
        new(
            attribute,
            [.. Enumerable.Range(0, rows).Select(_ => random.Next(10) == 0 ? -1 : random.Next(groups))],
            [.. Enumerable.Range(0, groups).Select(group => $"{attribute}-{group}")]);

    private static RatingEvaluation Ratings(int rows, SeededRandom random)
    {
        var labels = new double[rows];
        var predictions = new double[rows];
        var items = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            labels[row] = 1 + random.Next(5);
            predictions[row] = labels[row] + random.NextGaussian();
            items[row] = random.Next(Items);
        }

        return new RatingEvaluation(labels, predictions) { Items = items };
    }

    private static ClassificationEvaluation Classification(int rows, SeededRandom random)
    {
        var labels = new int[rows];
        var scores = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            labels[row] = random.Next(2);

            // Two decimals, so that scores tie.
            scores[row] = Math.Round(Math.Clamp((0.3 * labels[row]) + random.NextDouble(), 0, 1), 2);
        }

        var decisions = Array.ConvertAll(scores, score => score >= 0.6 ? 1 : 0);
        return new ClassificationEvaluation(labels, decisions)
        {
            Scores = scores,
            Counterfactuals = [Counterfactuals("g", rows, random)],
        };
    }

    // A row in three has counterfactuals, up to two of them.
    private static CounterfactualChanges Counterfactuals(string attribute, int rows, SeededRandom random)
    {
        var (flips, changes) = (new double[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            var has = random.Next(3) == 0;
            flips[row] = has ? random.Next(3) / 2.0 : double.NaN;
            changes[row] = has ? random.NextDouble() : double.NaN;
        }

        return new CounterfactualChanges(attribute, flips, changes);
    }

    private static T[] PickClasses<T>(T[] values, int[] rows) =>
        [.. rows.SelectMany(row => values[(row * Classes)..((row + 1) * Classes)])];

    private static MulticlassEvaluation Multiclass(int rows, SeededRandom random)
    {
        var (labels, decisions) = (new int[rows], new int[rows]);
        var probabilities = new double[rows * Classes];
        for (var row = 0; row < rows; row++)
        {
            labels[row] = random.Next(Classes);
            var own = probabilities.AsSpan(row * Classes, Classes);
            var sum = 0.0;
            for (var code = 0; code < Classes; code++)
            {
                // Few values, so that classes tie.
                own[code] = 1 + random.Next(5) + (code == labels[row] ? 2 : 0);
                sum += own[code];
            }

            for (var code = 0; code < Classes; code++)
            {
                own[code] /= sum;
                decisions[row] = own[code] > own[decisions[row]] ? code : decisions[row];
            }
        }

        return new MulticlassEvaluation(Classes, labels, decisions) { Probabilities = probabilities };
    }

    private static MultiLabelEvaluation MultiLabel(int rows, SeededRandom random)
    {
        var labels = new int[rows * Classes];
        var probabilities = new double[rows * Classes];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = random.Next(3) == 0 ? 1 : 0;
            probabilities[i] = Math.Round(Math.Clamp((0.3 * labels[i]) + (0.8 * random.NextDouble()), 0, 1), 1);
        }

        var decisions = Array.ConvertAll(probabilities, p => p >= 0.6 ? 1 : 0);
        return new MultiLabelEvaluation(Classes, labels, decisions) { Probabilities = probabilities };
    }

    // Each user has seen a few items, which are neither ranked nor relevant. Each item has at least one feature.
    private static RankingEvaluation Rankings(int rows, SeededRandom random)
    {
        var (rankings, relevant, seen) = (new int[rows][], new int[rows][], new int[rows][]);
        for (var row = 0; row < rows; row++)
        {
            seen[row] = random.NextPermutation(CatalogueItems)[..random.Next(8)];
            rankings[row] = [.. random.NextPermutation(CatalogueItems).Except(seen[row])];
            relevant[row] = [.. random.NextPermutation(CatalogueItems).Except(seen[row]).Take(random.Next(5))];
        }

        return new RankingEvaluation([.. Enumerable.Range(0, rows)], rankings, relevant)
        {
            Catalogue = Catalogue(random),
            Seen = seen,
        };
    }

    private static ItemCatalogue Catalogue(SeededRandom random) =>
        new([.. Enumerable.Range(0, CatalogueItems).Select(_ => random.Next(TrainingUsers))], TrainingUsers)
        {
            Groups = [Groups("kind", CatalogueItems, 4, random)],
            Features =
            [
                .. Enumerable.Range(0, CatalogueItems).Select(
                    _ => random.NextPermutation(Features)[..(1 + random.Next(3))].Order().ToArray()),
            ],
        };
}
