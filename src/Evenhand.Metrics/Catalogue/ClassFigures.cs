using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Catalogue;

/// <summary>Functions of sums by class that metrics of one class and of sets of labels share.</summary>
internal static class ClassFigures
{
    /// <summary>Mean F1 of the classes that occur or are decided.</summary>
    public static double MacroF1(ClassSums sums)
    {
        var (sum, defined) = (0.0, 0);
        for (var code = 0; code < sums.Count; code++)
        {
            var both = sums.Labels[code] + sums.Decisions[code];
            if (both > 0)
            {
                sum += 2 * sums.Correct[code] / both;
                defined++;
            }
        }

        return sum / defined;
    }

    /// <summary>Mean recall of the classes that occur.</summary>
    public static double MacroRecall(ClassSums sums)
    {
        var (sum, defined) = (0.0, 0);
        for (var code = 0; code < sums.Count; code++)
        {
            if (sums.Labels[code] > 0)
            {
                sum += sums.Correct[code] / sums.Labels[code];
                defined++;
            }
        }

        return sum / defined;
    }

    /// <summary>Mean precision of the classes that occur or are decided; 0 for one that occurs and is never
    /// decided.</summary>
    public static double MacroPrecision(ClassSums sums)
    {
        var (sum, defined) = (0.0, 0);
        for (var code = 0; code < sums.Count; code++)
        {
            if (sums.Labels[code] + sums.Decisions[code] > 0)
            {
                sum += sums.Decisions[code] > 0 ? sums.Correct[code] / sums.Decisions[code] : 0;
                defined++;
            }
        }

        return sum / defined;
    }

    /// <summary>F1 of each class, weighted by how often it occurs.</summary>
    public static double WeightedF1(ClassSums sums)
    {
        var sum = 0.0;
        for (var code = 0; code < sums.Count; code++)
        {
            if (sums.Labels[code] > 0)
            {
                sum += sums.Labels[code] * 2 * sums.Correct[code] / (sums.Labels[code] + sums.Decisions[code]);
            }
        }

        return sum / ClassSums.Sum(sums.Labels);
    }

    /// <summary>F1 of all classes taken together.</summary>
    public static double MicroF1(ClassSums sums) =>
        2 * ClassSums.Sum(sums.Correct) / (ClassSums.Sum(sums.Labels) + ClassSums.Sum(sums.Decisions));

    /// <summary>Entropy of the label's distribution, in nats.</summary>
    public static double Entropy(ClassSums sums)
    {
        var entropy = 0.0;
        foreach (var label in sums.Labels)
        {
            var share = label / sums.Weight;
            entropy -= share > 0 ? share * Math.Log(share) : 0;
        }

        return entropy;
    }

    /// <summary>Agreement beyond chance: (p_o - p_e) / (1 - p_e).</summary>
    public static double Kappa(ClassSums sums)
    {
        var agreed = ClassSums.Sum(sums.Correct) / sums.Weight;
        var chance = Product(sums.Labels, sums.Decisions) / (sums.Weight * sums.Weight);
        return Share(agreed - chance, 1 - chance);
    }

    /// <summary>Correlation of the true and the decided class.</summary>
    public static double Correlation(ClassSums sums)
    {
        var square = sums.Weight * sums.Weight;
        var both = (ClassSums.Sum(sums.Correct) * sums.Weight) - Product(sums.Labels, sums.Decisions);
        var labels = 1 - (Product(sums.Labels, sums.Labels) / square);
        var decisions = 1 - (Product(sums.Decisions, sums.Decisions) / square);
        return Share(both / square, Math.Sqrt(Math.Max(0, labels) * Math.Max(0, decisions)));
    }

    // 0 / 0, which rounding may leave as something near, is undefined.
    private static double Share(double part, double whole) =>
        whole > 1e-12 ? Math.Clamp(part / whole, -1, 1) : double.NaN;

    private static double Product(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
