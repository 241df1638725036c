using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Fits a factorization machine to choices by stochastic gradient descent on Bayesian personalized
/// ranking.</summary>
/// <remarks>
/// For a row of user u, item i and weight w, and an item j that u has no row of, with d the difference of both scores,
/// the loss is <c>w (ln(1 + exp(-d)) + lambda/2 |parameters of the three|^2)</c>. What depends on the user alone is the
/// same in both scores: users have factors and no weights.
/// </remarks>
internal sealed class PairwiseFit
{
    private const double InitialDeviation = 0.1;
    private const int RowsBetweenPolls = 1 << 8;

    // So many draws fail only where a user has chosen nearly everything.
    private const int DrawsOfNegative = 32;

    private readonly FeatureSide _users;
    private readonly FeatureSide _items;
    private readonly FactorTable _sums;
    private readonly float _lambda;

    public PairwiseFit(FeatureSide users, FeatureSide items, FactorizationMachineOptions options, SeedTree seeds)
    {
        _users = users;
        _items = items;
        _lambda = (float)options.Lambda;
        _sums = new FactorTable(5, options.ApproximationRank);
        UserFactors = new FactorTable(users.Features.ColumnCount, options.ApproximationRank);
        ItemFactors = new FactorTable(items.Features.ColumnCount, options.ApproximationRank);
        ItemWeights = new double[items.Features.ColumnCount];
        var deviation = InitialDeviation / Math.Sqrt(options.ApproximationRank);
        UserFactors.FillGaussian(seeds.Fork("user-factors").CreateRandom(), 0, deviation, nonNegative: false);
        ItemFactors.FillGaussian(seeds.Fork("item-factors").CreateRandom(), 0, deviation, nonNegative: false);
    }

    /// <summary>One row for each feature of users.</summary>
    public FactorTable UserFactors { get; }

    /// <summary>One row for each feature of items.</summary>
    public FactorTable ItemFactors { get; }

    /// <summary>Weight of each feature of items.</summary>
    public double[] ItemWeights { get; }

    public static FactorizationMachineModel Fit(
        Dataset train, FactorizationMachineOptions options, FitContext context)
    {
        var data = FactorizationMachineData.Of(train, options, needsLabel: false);
        var fit = new PairwiseFit(data.Users, data.Items, options, context.Seeds);
        var rows = data.Rows;
        var unit = rows.Weights?.Average() ?? 1;
        var chosen = new HashSet<(int, int)>(data.UserNumbers.Zip(data.ItemNumbers));
        var random = context.Seeds.Fork("order").CreateRandom();
        for (var iteration = 0; iteration < options.NumberOfIterations; iteration++)
        {
            var step = options.LearningRate * (options.NumberOfIterations - iteration) / options.NumberOfIterations;
            var visited = 0;
            foreach (var row in random.NextPermutation(rows.Count))
            {
                if (visited++ % RowsBetweenPolls == 0)
                {
                    context.CancellationToken.ThrowIfCancellationRequested();
                }

                var user = data.UserNumbers[row];
                if (DrawNegative(user, data.Items.Count, chosen, random) is { } other)
                {
                    fit.Descend(user, data.ItemNumbers[row], other, (float)(step * rows.Weight(row) / unit));
                }
            }

            context.Progress?.Invoke(new WorkProgress(iteration + 1, options.NumberOfIterations, "iterations"));
            context.Report(iteration + 1, double.NaN, Model);
        }

        return Model();

        FactorizationMachineModel Model()
        {
            var users = FeatureFactors.Of(
                train, GroupSide.User, data.Users, rows.Users.Count, fit.UserFactors,
                new double[fit.UserFactors.Rows]);
            var items = FeatureFactors.Of(
                train, GroupSide.Item, data.Items, rows.Items.Count, fit.ItemFactors, fit.ItemWeights);
            return users.IsFiniteWith(items)
                ? new FactorizationMachineModel(
                    options, rows.Users, rows.Items, new LabelScale(0, 1, 0, 1), 0, users, items)
                : throw new DivergenceException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{FactorizationMachineModel.Name} diverged: lower learningRate ({options.LearningRate}) "
                    + $"or lambda ({options.Lambda})."));
        }
    }

    /// <summary>Takes one step against the gradient.</summary>
    /// <param name="user">Number of the user.</param>
    /// <param name="chosen">Number of the item chosen.</param>
    /// <param name="other">Number of an item not chosen.</param>
    /// <param name="step">Size of the step, times the weight of the row.</param>
    public void Descend(int user, int chosen, int other, float step)
    {
        var ofUser = _sums.Padded(0);
        var ofChosen = _sums.Padded(1);
        var ofOther = _sums.Padded(2);
        Sum(_users.Features, user, UserFactors, ofUser);
        var difference = FloatVectors.Dot(ofUser, Sum(_items.Features, chosen, ItemFactors, ofChosen))
            + Bias(chosen, ofChosen);
        difference -= FloatVectors.Dot(ofUser, Sum(_items.Features, other, ItemFactors, ofOther))
            + Bias(other, ofOther);
        var pull = (float)(step / (1 + Math.Exp(difference)));

        // The slopes are those before the step, for all three.
        var towards = _sums.Padded(3);
        ofChosen.CopyTo(towards);
        FloatVectors.AddScaled(-1, ofOther, towards);
        Move(_users.Features, user, UserFactors, null, towards, pull, step, isOwn: false);
        FloatVectors.AddScaled(1, ofUser, ofChosen);
        FloatVectors.AddScaled(1, ofUser, ofOther);
        Move(_items.Features, chosen, ItemFactors, ItemWeights, ofChosen, pull, step, isOwn: true);
        Move(_items.Features, other, ItemFactors, ItemWeights, ofOther, -pull, step, isOwn: true);
    }

    private static int? DrawNegative(int user, int items, HashSet<(int User, int Item)> chosen, SeededRandom random)
    {
        for (var draw = 0; draw < DrawsOfNegative; draw++)
        {
            var item = random.Next(items);
            if (!chosen.Contains((user, item)))
            {
                return item;
            }
        }

        return null;
    }

    private static ReadOnlySpan<float> Sum(SparseMatrix features, int entity, FactorTable factors, Span<float> sum)
    {
        sum.Clear();
        var columns = features.ColumnsOf(entity);
        var values = features.ValuesOf(entity);
        for (var i = 0; i < columns.Length; i++)
        {
            FloatVectors.AddScaled(values[i], factors.Padded(columns[i]), sum);
        }

        return sum;
    }

    private double Bias(int item, ReadOnlySpan<float> sum)
    {
        var columns = _items.Features.ColumnsOf(item);
        var values = _items.Features.ValuesOf(item);
        var (bias, squares) = (0.0, 0.0);
        for (var i = 0; i < columns.Length; i++)
        {
            var own = ItemFactors.Padded(columns[i]);
            bias += values[i] * ItemWeights[columns[i]];
            squares += values[i] * values[i] * FloatVectors.Dot(own, own);
        }

        return bias + (0.5 * (FloatVectors.Dot(sum, sum) - squares));
    }

    // v += pull x (towards - x v) - step lambda v; the term x v is there where pairs of one entity's own features
    // count.
    private void Move(
        SparseMatrix features,
        int entity,
        FactorTable factors,
        double[]? weights,
        ReadOnlySpan<float> towards,
        float pull,
        float step,
        bool isOwn)
    {
        var columns = features.ColumnsOf(entity);
        var values = features.ValuesOf(entity);
        var change = _sums.Padded(4);
        for (var i = 0; i < columns.Length; i++)
        {
            var own = factors.Padded(columns[i]);
            change.Clear();
            FloatVectors.AddScaled(pull * values[i], towards, change);
            var shrink = (step * _lambda) + (isOwn ? pull * values[i] * values[i] : 0);
            FloatVectors.AddScaled(-shrink, own, change);
            FloatVectors.AddScaled(1, change, own);
            if (weights is not null)
            {
                ref var weight = ref weights[columns[i]];
                weight += (pull * values[i]) - (step * _lambda * weight);
            }
        }
    }
}
