using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Explanations;

/// <summary>Fits a linear model of a text's tokens to what a model predicts where some of them are missing.</summary>
/// <remarks>
/// M. T. Ribeiro, S. Singh, C. Guestrin, "Why should I trust you? Explaining the predictions of any classifier",
/// KDD 2016, algorithm 1, with the settings of the authors' program: each sample leaves out a number of tokens drawn
/// uniformly from 1 .. n, and weighs <c>sqrt(exp(-(100 d)^2 / width^2))</c> at the cosine distance
/// <c>d = 1 - sqrt(kept / n)</c>. There a word is left out wherever it stands; here each place is a token of its own,
/// so that the two halves of a contradiction can differ.
/// </remarks>
internal sealed class LimeExplanation
{
    private const int Batch = 256;

    // Texts of so few tokens have fewer variants than there are samples: each variant is predicted once.
    private const int FewTokens = 16;

    private const double SelectionPenalty = 0.01;

    private readonly string _text;
    private readonly List<(int Start, int End)> _tokens;
    private readonly ClassProbabilities _probabilities;
    private readonly TextExplanationOptions _options;
    private readonly Dictionary<string, double> _known = [];

    private LimeExplanation(
        string text,
        List<(int Start, int End)> tokens,
        ClassProbabilities probabilities,
        TextExplanationOptions options)
    {
        _text = text;
        _tokens = tokens;
        _probabilities = probabilities;
        _options = options;
    }

    /// <summary>Attributions of the tokens, the intercept, and the local fit.</summary>
    public static (double[] Values, double Intercept, double Fit) Of(
        string text,
        List<(int Start, int End)> tokens,
        ClassProbabilities probabilities,
        TextExplanationOptions options,
        Action<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        var lime = new LimeExplanation(text, tokens, probabilities, options);
        var ridge = lime.Sample(progress, cancellationToken);
        int[] columns = [.. Enumerable.Range(0, tokens.Count)];
        if (options.NumberOfFeatures > 0 && options.NumberOfFeatures < columns.Length)
        {
            var first = ridge.Solve(SelectionPenalty, columns, cancellationToken).Coefficients;
            columns = [.. columns.OrderByDescending(c => Math.Abs(first[c])).Take(options.NumberOfFeatures).Order()];
        }

        var fit = ridge.Solve(options.L2Regularization, columns, cancellationToken);
        var values = new double[tokens.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            values[columns[i]] = fit.Coefficients[i];
        }

        return (values, fit.Intercept, fit.Fit);
    }

    private WeightedRidge Sample(Action<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var n = _tokens.Count;
        var random = new SeedTree(_options.Seed).Fork("lime").CreateRandom();
        var ridge = new WeightedRidge(n);
        int[] order = [.. Enumerable.Range(0, n)];
        for (var done = 0; done < _options.NumberOfSamples;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var masks = new double[Math.Min(Batch, _options.NumberOfSamples - done)][];
            for (var i = 0; i < masks.Length; i++)
            {
                masks[i] = new double[n];
                Array.Fill(masks[i], 1);
                if (done + i > 0)
                {
                    LeaveOut(masks[i], order, random);
                }
            }

            var predicted = Predict(masks, cancellationToken);
            for (var i = 0; i < masks.Length; i++)
            {
                ridge.Add(masks[i], predicted[i], Weight(masks[i].Sum() / n));
            }

            done += masks.Length;
            progress?.Invoke(new WorkProgress(done, _options.NumberOfSamples, "samples"));
        }

        return ridge;
    }

    // The first places of a permutation that is shuffled as far as needed; any order to start from is as good.
    private static void LeaveOut(double[] mask, int[] order, SeededRandom random)
    {
        var count = 1 + random.Next(order.Length);
        for (var i = 0; i < count; i++)
        {
            var j = random.Next(i, order.Length);
            (order[i], order[j]) = (order[j], order[i]);
            mask[order[i]] = 0;
        }
    }

    private double Weight(double kept)
    {
        var distance = 100 * (1 - Math.Sqrt(kept)) / _options.KernelWidth;
        return Math.Exp(-distance * distance / 2);
    }

    private double[] Predict(double[][] masks, CancellationToken cancellationToken)
    {
        var texts = Array.ConvertAll(masks, mask => TextTokens.Without(_text, _tokens, token => mask[token] == 0));
        if (_tokens.Count > FewTokens)
        {
            return _probabilities.Of(texts, cancellationToken);
        }

        string[] unknown = [.. texts.Distinct().Where(text => !_known.ContainsKey(text))];
        if (unknown.Length > 0)
        {
            foreach (var (text, probability) in unknown.Zip(_probabilities.Of(unknown, cancellationToken)))
            {
                _known.Add(text, probability);
            }
        }

        return Array.ConvertAll(texts, text => _known[text]);
    }
}
