namespace Evenhand.Learning.Linear;

/// <summary>Sums over points of a problem, each in one order, so that a fit has the same bits everywhere.</summary>
internal static class PointVectors
{
    public static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>y += a x.</summary>
    public static void AddScaled(double a, double[] x, double[] y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] += a * x[i];
        }
    }

    /// <summary>The largest absolute element.</summary>
    public static double Largest(double[] x)
    {
        var largest = 0.0;
        foreach (var element in x)
        {
            largest = Math.Max(largest, Math.Abs(element));
        }

        return largest;
    }
}
