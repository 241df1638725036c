using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Identity.Lexicons;
using Evenhand.Data.Splits;
using Evenhand.Learning.Mitigations.Pre.Augmentation;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class TextAugmentationTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(1) };

    private static readonly string?[] Texts =
        ["She likes her dress.", "It is fine.", "he and she", null, "a manly dress", "My wife!"];

    [TestMethod]
    public void TermSwap_Add_AppendsSwappedCopiesWithLabelWeightAndGroups()
    {
        var data = Data();
        var augmented = Swap(new TermSwapOptions { Group = "gender-terms" }, data);

        CollectionAssert.AreEqual(
            Texts.Concat(["He likes his dress.", "she and he", "My husband!"]).ToArray(),
            augmented.Text!.Values.ToArray());
        Assert.AreEqual("1,0,1,0,0,1,1,1,1", Numbers(augmented.Label!));
        Assert.AreEqual("1,2,3,4,5,6,1,3,6", Numbers(augmented.Weight!));
        var band = augmented.FindGroup("band")!.Column;
        Assert.AreEqual("a,b,a,b,a,b,a,a,b", string.Join(',', Enumerable.Range(0, 9).Select(band.Format)));

        // What a copy mentions is found anew: female texts have become male ones.
        var terms = augmented.FindGroup("gender-terms")!;
        Assert.AreEqual(
            "female,,female+male,,male,female,male,female+male,male",
            string.Join(',', Enumerable.Range(0, 9).Select(terms.Column.Format)));
        Assert.AreEqual(6, data.RowCount);
    }

    [TestMethod]
    public void TermSwap_Replace_KeepsTheRows()
    {
        var swapped = Swap(
            new TermSwapOptions { Group = "gender-terms", Method = TermSwapMethod.Replace }, Data());

        CollectionAssert.AreEqual(
            new[] { "He likes his dress.", "It is fine.", "she and he", null, "a manly dress", "My husband!" },
            swapped.Text!.Values.ToArray());
        Assert.AreEqual("1,0,1,0,0,1", Numbers(swapped.Label!));
        Assert.AreEqual("1,2,3,4,5,6", Numbers(swapped.Weight!));
        Assert.AreEqual("male", swapped.FindGroup("gender-terms")!.Column.Format(0));
    }

    [TestMethod]
    public void TermSwap_ProbabilityZero_ChangesNothing()
    {
        var data = Data();
        Assert.AreSame(data, Swap(new TermSwapOptions { Group = "gender-terms", Probability = 0 }, data));
    }

    [TestMethod]
    public void TermSwap_HalfOfManyRows_IsAboutHalfAndTheSameForTheSameSeed()
    {
        var data = Data([.. Enumerable.Repeat("she", 1000)]);
        var options = new TermSwapOptions
        {
            Group = "gender-terms",
            Method = TermSwapMethod.Replace,
            Probability = 0.5,
        };
        string?[] first = [.. Swap(options, data).Text!.Values];
        CollectionAssert.AreEqual(first, Swap(options, data).Text!.Values.ToArray());
        Assert.AreEqual(500, first.Count(text => text == "he"), 60);
    }

    [TestMethod]
    public void TermSwap_GroupOfAColumn_IsRefused() => Assert.Contains(
        "'band' comes from a column",
        Assert.ThrowsExactly<InputException>(() => Swap(new TermSwapOptions { Group = "band" }, Data())).Message);

    [TestMethod]
    public void SynonymAugmentation_Certain_AddsACopyOfEachRowWithATerm() => WithFile(
        "term,synonym\ndress,gown\nfine,good\n",
        path =>
        {
            var options = new SynonymAugmentationOptions { Table = path, Probability = 1, ReplacementRate = 1 };
            var augmented = new SynonymAugmentation(options).Apply(Data(), Context);
            CollectionAssert.AreEqual(
                Texts.Concat(["She likes her gown.", "It is good.", "a manly gown"]).ToArray(),
                augmented.Text!.Values.ToArray());
            Assert.AreEqual("1,0,1,0,0,1,1,0,0", Numbers(augmented.Label!));
            Assert.AreEqual("female", augmented.FindGroup("gender-terms")!.Column.Format(6));
        });

    [TestMethod]
    public void ParaphraseAugmentation_TextsOfTheTable_GetACopy() => WithFile(
        "text,paraphrase\nMy wife!,That is my wife.\n It is fine. ,Fine it is.\nof another part,unseen\n",
        path =>
        {
            var augmented = new ParaphraseAugmentation(new ParaphraseAugmentationOptions { Table = path })
                .Apply(Data(), Context);
            CollectionAssert.AreEqual(
                Texts.Concat(["Fine it is.", "That is my wife."]).ToArray(), augmented.Text!.Values.ToArray());
            Assert.AreEqual("1,0,1,0,0,1,0,1", Numbers(augmented.Label!));
            Assert.AreEqual("1,2,3,4,5,6,2,6", Numbers(augmented.Weight!));
        });

    [TestMethod]
    public void Augmentation_DataWithoutTexts_IsRefused()
    {
        var rows = new Table([new NumericColumn("label", new double[] { 0, 1 }, ColumnRoles.Label)]);
        var error = Assert.ThrowsExactly<InputException>(() => new ParaphraseAugmentation(
            new ParaphraseAugmentationOptions { Table = "x.csv" }).Apply(new Dataset("untold", rows), Context));
        Assert.Contains("'paraphrase-augmentation' needs a text column", error.Message);
    }

    private static Dataset Swap(TermSwapOptions options, Dataset data) => new TermSwap(options).Apply(data, Context);

    private static string Numbers(Column column) =>
        string.Join(',', Enumerable.Range(0, column.Length).Select(column.Format));

    private static Dataset Data(string?[]? texts = null)
    {
        texts ??= Texts;
        double[] labels = [1, 0, 1, 0, 0, 1];
        var rows = new Table(
        [
            new TextColumn("text", texts, ColumnRoles.Text),
            new NumericColumn("label", texts.Select((_, i) => labels[i % 6]).ToArray(), ColumnRoles.Label),
            new NumericColumn("weight", texts.Select((_, i) => i + 1.0).ToArray(), ColumnRoles.Weight),
        ]);
        var band = CategoricalColumn.FromValues("band", texts.Select((_, i) => i % 2 == 0 ? "a" : "b"));
        return new Dataset(
            "texts",
            rows,
            groups:
            [
                new GroupAttribute("band", GroupSide.Row, band),
                IdentityGroups.Of("gender-terms", LexiconFile.Get("gender"), texts),
            ]);
    }

    private static void WithFile(string text, Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("evenhand-");
        try
        {
            var path = Path.Combine(folder.FullName, "table.csv");
            File.WriteAllText(path, text);
            test(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
