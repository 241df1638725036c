using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Augmentation;

namespace Evenhand.Data.Tests.Augmentation;

[TestClass]
public sealed class AugmentationTests
{
    private static readonly SynonymTable Synonyms = new(
    [
        KeyValuePair.Create<string, IReadOnlyList<string>>("nice", ["lovely", "sweet"]),
        KeyValuePair.Create<string, IReadOnlyList<string>>("dress", ["gown"]),
        KeyValuePair.Create<string, IReadOnlyList<string>>("裙子", ["长裙"]),
    ]);

    [TestMethod]
    public void Replace_RateOne_ReplacesEveryTermInItsCase()
    {
        var seen = new HashSet<string>();
        for (var seed = 0UL; seed < 20; seed++)
        {
            seen.Add(Synonyms.Replace("Nice DRESS, 裙子, niceness", 1, new SeededRandom(seed))!);
        }

        CollectionAssert.AreEquivalent(
            new[] { "Lovely GOWN, 长裙, niceness", "Sweet GOWN, 长裙, niceness" }, seen.ToArray());
    }

    [TestMethod]
    public void Replace_RateZero_ReplacesOneTerm()
    {
        var seen = new HashSet<string>();
        for (var seed = 0UL; seed < 30; seed++)
        {
            seen.Add(Synonyms.Replace("dress and dress", 0, new SeededRandom(seed))!);
        }

        CollectionAssert.AreEquivalent(new[] { "gown and dress", "dress and gown" }, seen.ToArray());
    }

    [TestMethod]
    [DataRow("a plain text")]
    [DataRow(null)]
    public void Replace_NoTerm_IsNull(string? text) => Assert.IsNull(Synonyms.Replace(text, 1, new SeededRandom(1)));

    [TestMethod]
    [DataRow("pairs.csv", "term,note,synonym\n nice ,x,lovely\nnice,x,sweet\nnice,x,sweet\nbad,x,\nsame,x,same\n")]
    [DataRow("pairs.tsv", "term\tsynonym\nnice\tlovely\nnice\tsweet\n")]
    [DataRow("pairs.jsonl", "{\"term\":\"nice\",\"synonym\":\"lovely\"}\n{\"term\":\"nice\",\"synonym\":\"sweet\"}\n")]
    public void Read_AnyForm_HasEachPairOnce(string name, string text)
    {
        var folder = Directory.CreateTempSubdirectory("evenhand-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, text);
            var pairs = TextPairs.Read(path, "term", "synonym", CancellationToken.None);
            Assert.AreEqual("nice", pairs.Keys.Single());
            Assert.AreEqual("lovely,sweet", string.Join(',', pairs["nice"]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    [DataRow("term,synonym\nnice,\n", "there is no row with both term and synonym")]
    [DataRow("word,synonym\nnice,sweet\n", "term")]
    public void Read_TableWithoutPairs_IsRefused(string text, string message)
    {
        var folder = Directory.CreateTempSubdirectory("evenhand-");
        try
        {
            var path = Path.Combine(folder.FullName, "pairs.csv");
            File.WriteAllText(path, text);
            Assert.Contains(message, Assert.ThrowsExactly<InputException>(
                () => TextPairs.Read(path, "term", "synonym", CancellationToken.None)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
