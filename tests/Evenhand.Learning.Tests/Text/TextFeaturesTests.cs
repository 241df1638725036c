using Evenhand.Data.Columns;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Text.Features;
using Evenhand.Learning.Text.NaiveBayes;

namespace Evenhand.Learning.Tests.Text;

[TestClass]
public sealed class TextFeaturesTests
{
    private static readonly string?[] Texts = ["red dress red shoes", "blue dress", "shoes red", "red blue blue blue"];

    private static readonly NaiveBayesOptions Words = new()
    {
        WordNgrams = 1,
        VocabularySize = 100,
        SublinearTermFrequency = false,
    };

    // scikit-learn 1.2.1, TfidfVectorizer of the same texts: the first and the last row, ascending.
    [TestMethod]
    [DataRow(
        InverseDocumentFrequency.Smooth, false, NormFunction.L2,
        new[] { 0.4651556, 0.4651556, 0.753167 },
        new[] { 0.2605417, 0.9654626 })]
    [DataRow(
        InverseDocumentFrequency.Smooth, false, NormFunction.L1,
        new[] { 0.2763063, 0.2763063, 0.4473875 },
        new[] { 0.2125129, 0.7874871 })]
    [DataRow(
        InverseDocumentFrequency.Smooth, true, NormFunction.L2,
        new[] { 0.5077417, 0.5077417, 0.6959862 },
        new[] { 0.3599191, 0.9329835 })]
    [DataRow(
        InverseDocumentFrequency.Plain, false, NormFunction.None,
        new[] { 1.6931472, 1.6931472, 2.5753641 },
        new[] { 1.2876821, 5.0794415 })]
    [DataRow(
        InverseDocumentFrequency.None, false, NormFunction.L2,
        new[] { 0.4082483, 0.4082483, 0.8164966 },
        new[] { 0.3162278, 0.9486833 })]
    public void Fit_Weighting_EqualsScikitLearn(
        InverseDocumentFrequency inverse, bool sublinear, NormFunction norm, double[] first, double[] last)
    {
        var options = Words with
        {
            SublinearTermFrequency = sublinear,
            InverseDocumentFrequency = inverse,
            Norm = norm,
        };
        foreach (var size in (int[])[0, 100])
        {
            var rows = Fit(options with { VocabularySize = size }).Rows;
            AssertEqual(first, rows.ValuesOf(0));
            AssertEqual(last, rows.ValuesOf(3));
        }
    }

    [TestMethod]
    public void Fit_Vocabulary_TakesTheMostFrequent()
    {
        // red is in three texts; blue, dress and shoes are in two.
        var rows = Fit(Words with { VocabularySize = 1, Norm = NormFunction.None }).Rows;
        Assert.AreEqual(1, rows.ColumnCount);
        CollectionAssert.AreEqual(
            new[] { 1, 0, 1, 1 }, Enumerable.Range(0, 4).Select(row => rows.ColumnsOf(row).Length).ToArray());
    }

    [TestMethod]
    [DataRow(3, 1.0, 1)]
    [DataRow(1, 0.5, 3)]
    [DataRow(2, 0.75, 4)]
    public void Fit_DocumentFrequencies_LimitTheColumns(int least, double most, int columns)
    {
        foreach (var size in (int[])[0, 100])
        {
            var options = Words with
            {
                VocabularySize = size,
                MinimumDocumentFrequency = least,
                MaximumDocumentShare = most,
            };
            Assert.AreEqual(columns, Fit(options).Rows.ColumnCount);
        }
    }

    [TestMethod]
    public void Fit_StopWords_AreLeftOutAndRunsCloseOverThem()
    {
        var options = Words with { StopWords = StopWordList.English, WordNgrams = 2 };
        Assert.AreEqual(3, Columns("not The dress", options));
        Assert.AreEqual(0, Columns("THE and of it's", options));
        Assert.AreEqual(3, Columns("的好了看", options with { StopWords = StopWordList.Chinese }));
        Assert.AreEqual(
            Columns("dress 好看", options), Columns("the dress 的好看", Words with
            {
                StopWords = StopWordList.EnglishAndChinese,
                WordNgrams = 2,
            }));
    }

    [TestMethod]
    [DataRow("\uff32\uff45\uff44 ﬁt", "red fit")]
    [DataRow("red <b>fit</b>", "Red fit")]
    [DataRow("12.50 https://a.example/x", "7 www.b.example")]
    [DataRow("café", "CAFE")]
    public void Fit_CleaningAndNormalization_MakeTextsEqual(string one, string other)
    {
        var options = Words with
        {
            KeepMarkup = false,
            KeepAddresses = false,
            KeepNumbers = false,
            KeepDiacritics = false,
            WordNgrams = 2,
        };
        var rows = Fit(options, one, other).Rows;
        Assert.IsGreaterThan(0, rows.ColumnsOf(0).Length);
        CollectionAssert.AreEqual(rows.ColumnsOf(0).ToArray(), rows.ColumnsOf(1).ToArray());
    }

    [TestMethod]
    public void Fit_Punctuation_IsAWordOnRequest()
    {
        Assert.AreEqual(1, Columns("good!!", Words));
        Assert.AreEqual(2, Columns("good!!", Words with { KeepPunctuation = true }));
    }

    [TestMethod]
    public void Locate_ChangedText_GivesPlacesInTheOriginal()
    {
        const string Text = "<i>Re\u0301d</i> &amp; ﬁt";
        var options = Words with { KeepMarkup = false, WordNgrams = 2 };
        var features = Fit(options, Text).Features;
        var places = features.Locate(Text).Select(n => Text[n.Span.Start..n.Span.End]).ToArray();
        CollectionAssert.AreEqual(new[] { "Re\u0301d", "ﬁt", "Re\u0301d</i> &amp; ﬁt" }, places);
    }

    [TestMethod]
    public void Fit_AnyNumberOfThreads_GivesTheSameRows()
    {
        var texts = Enumerable.Range(0, 1000).Select(i => (string?)$"text {i} of {i % 7} 很好{i % 3}").ToArray();
        foreach (var size in (int[])[0, 500])
        {
            var options = Words with { VocabularySize = size, LongestCharacterNgram = 3 };
            var (one, four) = (
                TextFeatures.Fit(new TextColumn("t", texts), options, 1, default).Rows,
                TextFeatures.Fit(new TextColumn("t", texts), options, 4, default).Rows);
            for (var row = 0; row < texts.Length; row++)
            {
                CollectionAssert.AreEqual(one.ColumnsOf(row).ToArray(), four.ColumnsOf(row).ToArray());
                CollectionAssert.AreEqual(one.ValuesOf(row).ToArray(), four.ValuesOf(row).ToArray());
            }
        }
    }

    private static (TextFeatures Features, SparseMatrix Rows) Fit(TextFeatureOptions options, params string?[] texts) =>
        TextFeatures.Fit(new TextColumn("text", texts.Length > 0 ? texts : Texts), options, 1, default);

    private static void AssertEqual(double[] expected, ReadOnlySpan<float> actual)
    {
        var sorted = actual.ToArray().Order().ToArray();
        Assert.HasCount(expected.Length, sorted);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], sorted[i], 1e-6);
        }
    }

    private static int Columns(string text, TextFeatureOptions options) => Fit(options, text).Rows.ColumnCount;
}
