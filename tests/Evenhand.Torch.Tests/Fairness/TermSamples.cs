using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests.Fairness;

/// <summary>Passes made by hand, to try terms of a loss on.</summary>
internal static class TermSamples
{
    /// <summary>A pass of texts with one score each.</summary>
    public static ForwardPass Pass(
        Tensor scores, double[] labels, double[] weights, int[] groups, Tensor? pooled = null) => new(
        new TokenBatch
        {
            Rows = [.. Enumerable.Range(0, labels.Length)],
            Ids = zeros(labels.Length, 2, ScalarType.Int64),
            Targets = tensor(Array.ConvertAll(labels, label => (float)label)).unsqueeze(1),
            Weights = tensor(Array.ConvertAll(weights, weight => (float)weight)),
            TotalWeight = weights.Sum(),
            Groups = tensor(Array.ConvertAll(groups, group => (long)group)),
        },
        zeros(labels.Length, 2, 4),
        pooled ?? zeros(labels.Length, 4),
        scores);

    /// <summary>Log-odds as scores that need a gradient, [rows, 1].</summary>
    public static Tensor Scores(double[] logOdds) =>
        tensor(Array.ConvertAll(logOdds, score => (float)score)).unsqueeze(1).requires_grad_();

    /// <summary>Log-odds of probabilities.</summary>
    public static double[] LogOdds(double[] probabilities) =>
        Array.ConvertAll(probabilities, p => Math.Log(p / (1 - p)));

    /// <summary>Texts of two groups whose label one word tells. The second group has a word of its own, and half of its
    /// good texts are labelled as bad.</summary>
    public static Dataset Grouped(int rows, SeedTree seeds)
    {
        var random = seeds.CreateRandom();
        string[] words = ["red", "blue", "seam", "button", "sleeve", "pocket"];
        var (texts, labels, authors) = (new string?[rows], new double[rows], new string?[rows]);
        for (var row = 0; row < rows; row++)
        {
            authors[row] = random.Next(12) == 0 ? null : random.Next(3) == 0 ? "b" : "a";
            var lovely = random.Next(2) == 0;
            var mistaken = random.Next(authors[row] == "b" && lovely ? 2 : 20) == 0;
            labels[row] = lovely != mistaken ? 1 : 0;
            string[] said = [lovely ? "lovely" : "poor", .. authors[row] == "b" ? (string[])["cosy"] : []];
            texts[row] = string.Join(' ', said.Concat(
                Enumerable.Range(0, 1 + random.Next(4)).Select(_ => words[random.Next(words.Length)])));
        }

        return new Dataset("grouped", new Table(
        [
            new TextColumn("text", texts, ColumnRoles.Text),
            new NumericColumn("good", labels, ColumnRoles.Label),
        ])).WithGroups(
            [new GroupAttribute("author", GroupSide.Row, CategoricalColumn.FromValues("author", authors))]);
    }
}
