using System.Runtime.ExceptionServices;
using Evenhand.Configuration;
using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Text.FastText;

/// <summary>Stochastic gradient descent over batches of texts, by threads that share out the dimensions.</summary>
/// <remarks>The errors of a batch come from the vectors before it; the steps of its texts are then taken one after the
/// other. A step shrinks in proportion to the texts that are left.</remarks>
internal sealed class FastTextDescent
{
    // Texts of a batch. Enough that meeting the other threads twice as often as there are batches does not show; few
    // enough that their vectors stay in the cache from the outputs to the steps, and that steps are taken from
    // nearly the latest vectors.
    private const int BatchRows = 8;

    // A counter to a cache line, so that threads do not contend for lines.
    private const int CounterStride = 16;

    private readonly FastTextKernel _kernel;
    private readonly FastTextOutputs _outputs;
    private readonly RowLabels _labels;
    private readonly int[] _order;
    private readonly float[] _weights;
    private readonly FastTextOptions _options;
    private readonly FitContext _context;
    private readonly int _workers;
    private readonly int _outputsOfSlice;
    private readonly float[][] _partOutputs;
    private readonly long[] _batchesDone;
    private volatile Exception? _failure;
    private volatile bool _stopped;

    /// <param name="kernel">The vectors; changed.</param>
    /// <param name="outputs">The loss.</param>
    /// <param name="labels">What the texts are to be told by.</param>
    /// <param name="order">Which of the labels is that of each text of the kernel.</param>
    /// <param name="weights">The weight of each text's loss, in the same order.</param>
    /// <param name="options">Step and number of passes.</param>
    /// <param name="context">Threads, cancellation, progress.</param>
    public FastTextDescent(
        FastTextKernel kernel,
        FastTextOutputs outputs,
        RowLabels labels,
        int[] order,
        float[] weights,
        FastTextOptions options,
        FitContext context)
    {
        _kernel = kernel;
        _outputs = outputs;
        _labels = labels;
        _order = order;
        _weights = weights;
        _options = options;
        _context = context;
        _workers = Math.Min(context.Threads, kernel.SliceCount);
        _outputsOfSlice = BatchRows * outputs.MostOfText;
        // One set is filled while another thread may still read the other one.
        _partOutputs = [new float[kernel.SliceCount * _outputsOfSlice], new float[kernel.SliceCount * _outputsOfSlice]];
        _batchesDone = new long[_workers * CounterStride];
    }

    /// <param name="snapshot">Makes the model as it stands.</param>
    /// <exception cref="FitPrunedException">The listener of the context ended the fit.</exception>
    /// <exception cref="OperationCanceledException">The context was cancelled.</exception>
    public void Run(Func<FastTextModel> snapshot)
    {
        // Threads of their own, because each waits for all others: the thread pool need not give as many at once.
        var others = new Thread[_workers - 1];
        for (var i = 0; i < others.Length; i++)
        {
            var worker = i + 1;
            others[i] = new Thread(() => Work(worker, snapshot)) { IsBackground = true };
            others[i].Start();
        }

        Work(0, snapshot);
        foreach (var other in others)
        {
            other.Join();
        }

        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private ReadOnlySpan<int> Classes(int row) => _labels.Of(_order[row]);

    private void Work(int worker, Func<FastTextModel> snapshot)
    {
        try
        {
            var first = _kernel.SliceCount * worker / _workers;
            var last = _kernel.SliceCount * (worker + 1) / _workers;
            var share = new Share(first, last, BatchRows, _outputs.MostOfText);
            var batch = 0L;
            for (var iteration = 0; iteration < _options.NumberOfIterations; iteration++)
            {
                for (var row = 0; row < _weights.Length; row += BatchRows)
                {
                    _context.CancellationToken.ThrowIfCancellationRequested();
                    var end = Math.Min(row + BatchRows, _weights.Length);
                    var parts = _partOutputs[batch & 1];
                    SetOutputs(share, row, end, parts);
                    if (!AwaitOthers(worker, ++batch))
                    {
                        return;
                    }

                    var done = ((double)iteration * _weights.Length) + row;
                    var left = 1 - (done / ((double)_options.NumberOfIterations * _weights.Length));
                    Step(share, row, end, parts, (float)(_options.LearningRate * left));
                }

                if (worker == 0)
                {
                    _context.Progress?.Invoke(
                        new WorkProgress(iteration + 1, _options.NumberOfIterations, "iterations"));
                }

                if (_context.Listener is not null && !Report(worker, iteration + 1, ref batch, snapshot))
                {
                    return;
                }
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is thrown again by the fitting thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e;
            _stopped = true;
        }
    }

    private void SetOutputs(Share share, int begin, int end, float[] parts)
    {
        for (var slice = share.FirstSlice; slice < share.EndSlice; slice++)
        {
            for (var row = begin; row < end; row++)
            {
                var ids = _outputs.Of(Classes(row));
                var count = ids.IsEmpty ? _outputs.Count : ids.Length;
                var place = (slice * _outputsOfSlice) + ((row - begin) * _outputs.MostOfText);
                _kernel.SetOutputs(slice, row, share.Mean(slice, row - begin), ids, parts.AsSpan(place, count));
            }
        }
    }

    private void Step(Share share, int begin, int end, float[] parts, float step)
    {
        for (var row = begin; row < end; row++)
        {
            var classes = Classes(row);
            var ids = _outputs.Of(classes);
            var errors = share.Errors(row - begin)[..(ids.IsEmpty ? _outputs.Count : ids.Length)];
            errors.Clear();
            for (var slice = 0; slice < _kernel.SliceCount; slice++)
            {
                var place = (slice * _outputsOfSlice) + ((row - begin) * _outputs.MostOfText);
                for (var o = 0; o < errors.Length; o++)
                {
                    errors[o] += parts[place + o];
                }
            }

            _outputs.ToErrors(errors, classes);
            foreach (ref var error in errors)
            {
                error *= step * _weights[row];
            }
        }

        for (var slice = share.FirstSlice; slice < share.EndSlice; slice++)
        {
            for (var row = begin; row < end; row++)
            {
                var ids = _outputs.Of(Classes(row));
                var errors = share.Errors(row - begin)[..(ids.IsEmpty ? _outputs.Count : ids.Length)];
                _kernel.Step(slice, row, share.Mean(slice, row - begin), ids, errors, _outputs.StepFactor);
            }
        }
    }

    // All threads meet before, so that their steps are done, and after, so that none goes on meanwhile.
    private bool Report(int worker, int iteration, ref long batch, Func<FastTextModel> snapshot)
    {
        if (!AwaitOthers(worker, ++batch))
        {
            return false;
        }

        if (worker == 0)
        {
            _context.Report(iteration, double.NaN, snapshot);
        }

        return AwaitOthers(worker, ++batch);
    }

    // No thread is ever more than a batch ahead of another one: it waits here for all parts of the outputs.
    private bool AwaitOthers(int worker, long batch)
    {
        Volatile.Write(ref _batchesDone[worker * CounterStride], batch);
        for (var other = 0; other < _workers; other++)
        {
            var spin = default(SpinWait);
            while (Volatile.Read(ref _batchesDone[other * CounterStride]) < batch)
            {
                if (_stopped)
                {
                    return false;
                }

                spin.SpinOnce(sleep1Threshold: -1);
            }
        }

        return true;
    }

    /// <summary>What one thread keeps of a batch.</summary>
    private sealed class Share(int firstSlice, int endSlice, int rows, int outputs)
    {
        private readonly float[] _means = new float[(endSlice - firstSlice) * rows * FastTextKernel.Width];
        private readonly float[] _errors = new float[rows * outputs];

        public int FirstSlice => firstSlice;

        public int EndSlice => endSlice;

        public Span<float> Mean(int slice, int row) => _means.AsSpan(
            (((slice - firstSlice) * rows) + row) * FastTextKernel.Width, FastTextKernel.Width);

        public Span<float> Errors(int row) => _errors.AsSpan(row * outputs, outputs);
    }
}
