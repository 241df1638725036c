using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Fits a factorization machine to ratings by coordinate descent or by Gibbs sampling.</summary>
internal sealed class FactorizationMachineFit
{
    private const double InitialDeviation = 0.1;

    // Draws of the first quarter of a chain still depend on where it began.
    private const int BurnInDivisor = 4;

    private readonly FactorizationMachineData _data;
    private readonly FactorizationMachineOptions _options;
    private readonly FitContext _context;
    private readonly double[]? _weights;
    private readonly double[] _errors;
    private readonly Side _users;
    private readonly Side _items;
    private readonly GibbsConditional? _intercepts;
    private double _intercept;
    private double _errorPrecision = 1;

    private FactorizationMachineFit(
        FactorizationMachineData data, LabelScale labels, FactorizationMachineOptions options, FitContext context)
    {
        _data = data;
        _options = options;
        _context = context;
        var rows = data.Rows;
        var unit = rows.Weights?.Average() ?? 1;
        _weights = rows.Weights is null ? null : Array.ConvertAll(rows.Weights, weight => weight / unit);
        _users = new Side(
            data.Users, new SideRows(data.UserNumbers, data.ItemNumbers, _weights, data.Users.Count), options, context,
            "users");
        _items = new Side(
            data.Items, new SideRows(data.ItemNumbers, data.UserNumbers, _weights, data.Items.Count), options, context,
            "items");
        _intercepts = options.Solver == FactorizationMachineSolver.MarkovChainMonteCarlo
            ? new GibbsConditional(0, context.Seeds.Fork("intercept").CreateRandom())
            : null;
        _errors = new double[rows.Count];
        for (var row = 0; row < _errors.Length; row++)
        {
            var (user, item) = (data.UserNumbers[row], data.ItemNumbers[row]);
            _errors[row] = ((rows.Labels![row] - labels.Mean) / labels.Deviation)
                - _users.Predict(user) - _items.Predict(item);
            for (var factor = 0; factor < options.ApproximationRank; factor++)
            {
                _errors[row] -= _users.Sums[factor][user] * _items.Sums[factor][item];
            }
        }
    }

    public static FactorizationMachineModel Fit(
        Dataset train, FactorizationMachineOptions options, FitContext context)
    {
        var data = FactorizationMachineData.Of(train, options, needsLabel: true);
        context.CancellationToken.ThrowIfCancellationRequested();
        var labels = LabelScale.Of(data.Rows);
        var fit = new FactorizationMachineFit(data, labels, options, context);
        var sampled = options.Solver == FactorizationMachineSolver.MarkovChainMonteCarlo;
        var used = options.NumberOfIterations - (options.NumberOfIterations / BurnInDivisor);
        var samples = sampled ? Math.Min(options.NumberOfSamples, used) : 1;
        var users = new FactorSamples(fit._users.Weights.Length, options.ApproximationRank, samples);
        var items = new FactorSamples(fit._items.Weights.Length, options.ApproximationRank, samples);
        var intercept = 0.0;
        for (var iteration = 1; iteration <= options.NumberOfIterations; iteration++)
        {
            fit.Iterate();
            if (!double.IsFinite(fit.SquaredError()))
            {
                throw Diverged(options, iteration);
            }

            // The last iteration is always kept, and as many before it as there are samples, evenly spaced.
            var left = options.NumberOfIterations - iteration;
            if (left % (used / samples) == 0 && left / (used / samples) < samples)
            {
                users.Add(fit._users.Factors, fit._users.Weights);
                items.Add(fit._items.Factors, fit._items.Weights);
                intercept += fit._intercept / samples;
            }

            context.Progress?.Invoke(new WorkProgress(iteration, options.NumberOfIterations, "iterations"));
            if (context.Listener is not null)
            {
                context.Report(iteration, fit.SquaredError() / data.Rows.Count, Snapshot);
            }
        }

        return Model(users, items, intercept);

        // The mean of the draws so far; before the first one that is kept, the current one.
        FactorizationMachineModel Snapshot()
        {
            if (users.Added > 0)
            {
                return Model(users.SoFar(), items.SoFar(), intercept * samples / users.Added);
            }

            var (ofUsers, ofItems) = (users.With(1), items.With(1));
            ofUsers.Add(fit._users.Factors, fit._users.Weights);
            ofItems.Add(fit._items.Factors, fit._items.Weights);
            return Model(ofUsers, ofItems, fit._intercept);
        }

        FactorizationMachineModel Model(FactorSamples ofUsers, FactorSamples ofItems, double ofAll)
        {
            var userFactors = FeatureFactors.Of(
                train, GroupSide.User, data.Users, data.Rows.Users.Count, ofUsers.Factors, ofUsers.Weights);
            var itemFactors = FeatureFactors.Of(
                train, GroupSide.Item, data.Items, data.Rows.Items.Count, ofItems.Factors, ofItems.Weights);
            return userFactors.IsFiniteWith(itemFactors)
                ? new FactorizationMachineModel(
                    options, data.Rows.Users, data.Rows.Items, labels, ofAll, userFactors, itemFactors)
                : throw Diverged(options, options.NumberOfIterations);
        }
    }

    private static DivergenceException Diverged(FactorizationMachineOptions options, int iteration) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"{FactorizationMachineModel.Name} diverged in iteration {iteration} of {options.NumberOfIterations}: "
            + $"raise lambda ({options.Lambda}) or lower approximationRank ({options.ApproximationRank})."));

    private void Iterate()
    {
        if (_intercepts is not null)
        {
            _errorPrecision = _intercepts.DrawErrorPrecision(_data.Rows.Count, SquaredError());
        }

        RenewIntercept();
        _users.RenewWeights(_errors, _errorPrecision);
        _items.RenewWeights(_errors, _errorPrecision);
        for (var factor = 0; factor < _options.ApproximationRank; factor++)
        {
            _users.RenewFactor(factor, _errors, _items.Sums[factor], _errorPrecision);
            _items.RenewFactor(factor, _errors, _users.Sums[factor], _errorPrecision);
        }
    }

    private void RenewIntercept()
    {
        var (slope, curvature) = (0.0, 0.0);
        for (var row = 0; row < _errors.Length; row++)
        {
            slope += Weight(row) * _errors[row];
            curvature += Weight(row);
        }

        var renewed = _intercepts?.DrawFree(_intercept, slope, curvature, _errorPrecision)
            ?? _intercept + (slope / curvature);
        for (var row = 0; row < _errors.Length; row++)
        {
            _errors[row] -= renewed - _intercept;
        }

        _intercept = renewed;
    }

    private double SquaredError()
    {
        var squares = 0.0;
        for (var row = 0; row < _errors.Length; row++)
        {
            squares += Weight(row) * _errors[row] * _errors[row];
        }

        return squares;
    }

    private double Weight(int row) => _weights is null ? 1 : _weights[row];

    /// <summary>The parameters of one side.</summary>
    private sealed class Side
    {
        private readonly FeatureSide _features;
        private readonly FactorizationMachineKernel _kernel;
        private readonly IConditional _ofWeights;
        private readonly IConditional[] _ofFactors;

        public Side(
            FeatureSide features,
            SideRows rows,
            FactorizationMachineOptions options,
            FitContext context,
            string name)
        {
            _features = features;
            _kernel = new FactorizationMachineKernel(features, rows, context);
            var count = features.Features.ColumnCount;
            Weights = new double[count];
            Factors = new double[options.ApproximationRank][];
            Sums = new double[options.ApproximationRank][];
            _ofFactors = new IConditional[options.ApproximationRank];
            var random = context.Seeds.Fork($"{name}/initial").CreateRandom();
            var ridge = options.Solver == FactorizationMachineSolver.CoordinateDescent
                ? new RidgeConditional(options.Lambda, _kernel.FeatureWeights())
                : null;
            var draws = context.Seeds.Fork($"{name}/draws").CreateRandom();
            IConditional Conditional() =>
                (IConditional?)ridge ?? new GibbsConditional(features.GroupStarts.Length - 1, draws);
            _ofWeights = Conditional();
            for (var factor = 0; factor < options.ApproximationRank; factor++)
            {
                Factors[factor] = new double[count];
                foreach (ref var value in Factors[factor].AsSpan())
                {
                    value = InitialDeviation * random.NextGaussian();
                }

                Sums[factor] = new double[features.Count];
                features.Features.Multiply(
                    Factors[factor], Sums[factor], context.Threads, context.CancellationToken);
                _ofFactors[factor] = Conditional();
            }
        }

        /// <summary>Weight of each feature.</summary>
        public double[] Weights { get; }

        /// <summary>Each factor of each feature.</summary>
        public double[][] Factors { get; }

        /// <summary>For each factor the sum of factor times feature of each entity.</summary>
        public double[][] Sums { get; }

        /// <summary>The part of the prediction that depends on an entity of this side alone, weights being 0.</summary>
        public double Predict(int entity)
        {
            var columns = _features.Features.ColumnsOf(entity);
            var values = _features.Features.ValuesOf(entity);
            var sum = 0.0;
            for (var factor = 0; factor < Factors.Length; factor++)
            {
                var squares = 0.0;
                for (var i = 0; i < columns.Length; i++)
                {
                    squares += Math.Pow(values[i] * Factors[factor][columns[i]], 2);
                }

                sum += 0.5 * ((Sums[factor][entity] * Sums[factor][entity]) - squares);
            }

            return sum;
        }

        public void RenewWeights(double[] errors, double errorPrecision)
        {
            DrawPriors(_ofWeights, Weights, errorPrecision);
            _kernel.RenewWeights(errors, Weights, _ofWeights);
        }

        public void RenewFactor(int factor, double[] errors, double[] partners, double errorPrecision)
        {
            DrawPriors(_ofFactors[factor], Factors[factor], errorPrecision);
            _kernel.RenewFactor(errors, Factors[factor], Sums[factor], partners, _ofFactors[factor]);
        }

        private void DrawPriors(IConditional conditional, double[] parameters, double errorPrecision)
        {
            if (conditional is GibbsConditional gibbs)
            {
                gibbs.DrawPriors(parameters, _features.GroupStarts, errorPrecision);
            }
        }
    }
}
