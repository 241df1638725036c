using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Splits;

namespace Evenhand.Data.Tests.Simulation;

/// <summary>Biased matrix factorization by stochastic gradient descent (Koren, Bell, Volinsky 2009, eq. 5), in its
/// plainest form: enough to see what can be learned from simulated ratings.</summary>
internal static class FactorModel
{
    private const int Epochs = 16;
    private const double Regularization = 0.05;

    /// <summary>RMSE on the test part of a random split: of all rows, and that of women less that of men.</summary>
    public static (double All, double Gap) Rmse(Dataset data, int rank)
    {
        var parts = Splitter.Assign(data, new SplitOptions(), new SeedTree(1));
        var random = new SeedTree(2).CreateRandom();
        var (users, items) = (data.UserColumn!.Codes.ToArray(), data.ItemColumn!.Codes.ToArray());
        var ratings = ((NumericColumn)data.Rows["rating"]).Values.ToArray();
        var p = Factors(data.UserColumn.Vocabulary.Count, rank, random);
        var q = Factors(data.ItemColumn.Vocabulary.Count, rank, random);
        var train = Enumerable.Range(0, ratings.Length).Where(r => parts[r] == SplitPart.Train).ToArray();
        var mean = train.Average(r => ratings[r]);
        var rate = 0.04;
        for (var epoch = 0; epoch < Epochs; epoch++, rate *= 0.88)
        {
            random.Shuffle<int>(train);
            foreach (var row in train)
            {
                var (pu, qi) = (p[users[row]], q[items[row]]);
                var error = ratings[row] - Predict(mean, pu, qi);
                for (var f = 0; f < rank; f++)
                {
                    (pu[f], qi[f]) = (
                        pu[f] + (rate * ((error * qi[f]) - (Regularization * pu[f]))),
                        qi[f] + (rate * ((error * pu[f]) - (Regularization * qi[f]))));
                }

                pu[rank] += rate * (error - (Regularization * pu[rank]));
                qi[rank] += rate * (error - (Regularization * qi[rank]));
            }
        }

        var genders = data.GroupCodes(data.FindGroup("gender")!);
        var squares = Enumerable.Range(0, ratings.Length)
            .Where(r => parts[r] == SplitPart.Test)
            .Select(r => (Gender: genders[r], Error: ratings[r] - Predict(mean, p[users[r]], q[items[r]])))
            .Select(r => (r.Gender, Square: r.Error * r.Error))
            .ToArray();
        return (Math.Sqrt(squares.Average(s => s.Square)), Of(0) - Of(1));

        double Of(int gender) => Math.Sqrt(squares.Where(s => s.Gender == gender).Average(s => s.Square));
    }

    // The last entry of a vector is the bias.
    private static double[][] Factors(int count, int rank, SeededRandom random)
    {
        var factors = new double[count][];
        for (var i = 0; i < count; i++)
        {
            factors[i] = new double[rank + 1];
            for (var f = 0; f < rank; f++)
            {
                factors[i][f] = 0.1 * random.NextGaussian();
            }
        }

        return factors;
    }

    private static double Predict(double mean, double[] pu, double[] qi)
    {
        var sum = mean + pu[^1] + qi[^1];
        for (var f = 0; f < pu.Length - 1; f++)
        {
            sum += pu[f] * qi[f];
        }

        return sum;
    }
}
