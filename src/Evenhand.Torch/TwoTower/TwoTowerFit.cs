using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using AdamW = Evenhand.Torch.Training.AdamW;

namespace Evenhand.Torch.TwoTower;

/// <summary>The training of two towers.</summary>
internal sealed class TwoTowerFit : IDisposable
{
    private readonly TwoTowerOptions _options;
    private readonly FitContext _context;
    private readonly TowerEntities _userEntities;
    private readonly TowerEntities _itemEntities;
    private readonly int[] _users;
    private readonly int[] _items;
    private readonly float[] _weights;
    private readonly double[] _shares;
    private readonly HashSet<(int User, int Item)> _chosen;
    private readonly DropoutRandom _random;
    private readonly Device _device;
    private readonly Parameter[] _parameters;
    private readonly AdamW _optimizer;
    private readonly BatchMembers _batchItems;
    private readonly BatchMembers _batchUsers;

    /// <param name="rows">The training rows.</param>
    /// <param name="users">Their users.</param>
    /// <param name="items">Their items.</param>
    /// <param name="options">How to train.</param>
    /// <param name="context">Seeds, cancellation and progress.</param>
    public TwoTowerFit(
        Interactions rows, TowerEntities users, TowerEntities items, TwoTowerOptions options, FitContext context)
    {
        _options = options;
        _context = context;
        _userEntities = users;
        _itemEntities = items;
        _users = Array.ConvertAll(rows.UserCodes, code => users.Numbers[code]);
        _items = Array.ConvertAll(rows.ItemCodes, code => items.Numbers[code]);
        var mean = Enumerable.Range(0, rows.Count).Average(rows.Weight);
        _weights = [.. Enumerable.Range(0, rows.Count).Select(row => (float)(rows.Weight(row) / mean))];

        // Batches take rows whatever they weigh, so the share of an item is that of its rows.
        _shares = new double[items.Count];
        foreach (var item in _items)
        {
            _shares[item] += 1.0 / _items.Length;
        }

        _chosen = options.LossFunction == TwoTowerLoss.BayesianPersonalizedRanking ? [.. _users.Zip(_items)] : [];
        _batchUsers = new BatchMembers(users.Count);
        _batchItems = new BatchMembers(items.Count);
        _device = TorchRuntime.Start(context.Threads);
        _random = new DropoutRandom(context.Seeds.Fork("dropout"));
        var weights = new WeightInitializer(context.Seeds.Fork("weights").CreateRandom());
        Users = new Tower(users.Features.ColumnCount + users.Count, options, weights, _random);
        Items = new Tower(items.Features.ColumnCount + items.Count, options, weights, _random);
        Users.to(_device);
        Items.to(_device);
        _parameters = [.. Users.parameters(), .. Items.parameters()];
        _optimizer = new AdamW(_parameters, options.WeightDecay);
    }

    /// <summary>The tower of users.</summary>
    public Tower Users { get; }

    /// <summary>The tower of items.</summary>
    public Tower Items { get; }

    public static DivergenceException Diverged(TwoTowerOptions options) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The vectors left the finite numbers. Lower learningRate ({options.LearningRate}), or raise temperature "
        + $"({options.Temperature})."));

    /// <summary>Trains the towers.</summary>
    /// <param name="snapshot">Makes the model as it stands.</param>
    /// <exception cref="DivergenceException">A loss is not finite.</exception>
    /// <exception cref="FitPrunedException">The listener of the context ended the fit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run(Func<TwoTowerModel> snapshot)
    {
        var batches = (_users.Length + _options.BatchSize - 1) / _options.BatchSize;
        var steps = batches * _options.NumberOfEpochs;
        var schedule = new LearningRateSchedule(
            _options.Schedule, _options.LearningRate, steps, (int)Math.Round(_options.WarmupShare * steps));
        Users.train();
        Items.train();
        var step = 0;
        for (var epoch = 0; epoch < _options.NumberOfEpochs; epoch++)
        {
            var seeds = _context.Seeds.Fork(string.Create(CultureInfo.InvariantCulture, $"epoch/{epoch}"));
            _random.Seed(seeds.Fork("dropout"));
            var random = seeds.CreateRandom();
            var loss = 0.0;
            foreach (var batch in random.NextPermutation(_users.Length).Chunk(_options.BatchSize))
            {
                _context.CancellationToken.ThrowIfCancellationRequested();
                loss += batch.Length * Step(batch, random, schedule.At(step++));
            }

            _context.Progress?.Invoke(new WorkProgress(epoch + 1, _options.NumberOfEpochs, "epochs"));
            _context.Report(epoch + 1, loss / _users.Length, snapshot);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        Users.Dispose();
        Items.Dispose();
    }

    // The mean loss of the rows before the step.
    private double Step(int[] rows, SeededRandom random, double rate)
    {
        using var scope = NewDisposeScope();
        _optimizer.ClearGradients();
        var userPlaces = Array.ConvertAll(rows, row => (long)_batchUsers.Add(_users[row]));
        var itemPlaces = Array.ConvertAll(rows, row => (long)_batchItems.Add(_items[row]));
        var drawn = new long[_options.NumberOfNegatives];
        foreach (ref var place in drawn.AsSpan())
        {
            place = _batchItems.Add(random.Next(_itemEntities.Count));
        }

        var candidates = _batchItems.Take();
        var (userVectors, _) = Users.Run(
            _userEntities.Batch(_batchUsers.Take(), _options.IdDropout, random), _device);
        var (itemVectors, biases) = Items.Run(_itemEntities.Batch(candidates, _options.IdDropout, random), _device);
        var scores = userVectors.matmul(itemVectors.t()).DividedBy(_options.Temperature)
            .index_select(0, tensor(userPlaces).to(_device)).Plus(biases);
        var losses = _options.LossFunction == TwoTowerLoss.SampledSoftmax
            ? SampledSoftmax(scores, itemPlaces, candidates, rows.Length)
            : BayesianPersonalizedRanking(scores, itemPlaces, drawn, candidates, rows);
        var loss = (losses * tensor(Array.ConvertAll(rows, row => _weights[row])).to(_device)).mean();
        var value = loss.item<float>();
        if (!float.IsFinite(value))
        {
            throw Diverged(_options);
        }

        loss.backward();
        if (_options.GradientClipping > 0)
        {
            nn.utils.clip_grad_norm_(_parameters, _options.GradientClipping);
        }

        _optimizer.Step(rate);
        return value;
    }

    // Scores are [rows, candidates]; the losses, one of each row, are too.
    private Tensor SampledSoftmax(Tensor scores, long[] chosen, int[] candidates, int rows)
    {
        if (_options.PopularityCorrection)
        {
            var corrections = Array.ConvertAll(candidates, item => (float)-Math.Log(Probability(item, rows)));
            scores = scores.Plus(tensor(corrections).to(_device));
        }

        return nn.functional.cross_entropy(scores, tensor(chosen).to(_device), reduction: nn.Reduction.None);
    }

    // That an item is among those of so many rows, or among those drawn evenly.
    private double Probability(int item, int rows) =>
        1 - (Math.Pow(1 - _shares[item], rows) * Math.Pow(1 - (1.0 / _shares.Length), _options.NumberOfNegatives));

    private Tensor BayesianPersonalizedRanking(
        Tensor scores, long[] chosen, long[] drawn, int[] candidates, int[] rows)
    {
        var compared = new float[rows.Length * drawn.Length];
        var counts = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < drawn.Length; j++)
            {
                var unseen = !_chosen.Contains((_users[rows[i]], candidates[drawn[j]]));
                compared[(i * drawn.Length) + j] = unseen ? 1 : 0;
                counts[i] += unseen ? 1 : 0;
            }

            // A user who has chosen all that was drawn has a loss of 0.
            counts[i] = Math.Max(1, counts[i]);
        }

        var positive = scores.gather(1, tensor(chosen, [rows.Length, 1]).to(_device));
        var differences = positive - scores.index_select(1, tensor(drawn).to(_device));
        var losses = differences.log_sigmoid() * tensor(compared, [rows.Length, drawn.Length]).to(_device);
        return losses.sum(1) / -tensor(counts).to(_device);
    }

    /// <summary>Collects the distinct users, or items, of a batch in the order in which they come.</summary>
    private sealed class BatchMembers(int count)
    {
        private readonly int[] _places = Enumerable.Repeat(-1, count).ToArray();
        private readonly List<int> _numbers = [];

        /// <summary>The place of one in the batch.</summary>
        public int Add(int number)
        {
            if (_places[number] < 0)
            {
                _places[number] = _numbers.Count;
                _numbers.Add(number);
            }

            return _places[number];
        }

        /// <summary>The numbers of all, by place; the next batch begins.</summary>
        public int[] Take()
        {
            int[] numbers = [.. _numbers];
            foreach (var number in numbers)
            {
                _places[number] = -1;
            }

            _numbers.Clear();
            return numbers;
        }
    }
}
