using System.Text;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Identity;
using Evenhand.Data.Identity.Lexicons;
using Evenhand.Data.Splits;

namespace Evenhand.Data.Tests.Identity;

[TestClass]
public sealed class IdentityLexiconTests
{
    private static readonly IdentityLexicon Gender = LexiconFile.Get("gender");
    private static readonly IdentityLexicon ChineseGender = LexiconFile.Get("gender", "zh");
    private static readonly IdentityLexicon Nationality = LexiconFile.Get("nationality");

    public static IEnumerable<object[]> BuiltIn =>
        LexiconFile.Names.SelectMany(
            name => LexiconFile.LanguagesOf(name), (name, language) => new object[] { name, language });

    [TestMethod]
    [DataRow("She wore it.", "female")]
    [DataRow("the sheet and the theme", "")]
    [DataRow("My husband's shirt", "male")]
    [DataRow("HIS AND HERS", "female+male")]
    [DataRow("boyfriend jeans for my daughter", "female")]
    [DataRow("my mother-in-law", "female")]
    [DataRow("ms. Smith; a mr of no name", "")]
    [DataRow("Dear Mrs. Smith", "female")]
    [DataRow("\uff33\uff48\uff45 wore it", "female")]
    [DataRow("s\u00ADhe wore it", "female")]
    [DataRow("my mother\u2011in\u2010law", "female")]
    [DataRow("my mother\u00A0in law and \uff08him\uff09", "female+male")]
    [DataRow("a ruse\u0301e", "")]
    [DataRow("she\u0301", "")]
    [DataRow("", "")]
    public void Mentions_English_FindsWholeWords(string text, string groups) =>
        Assert.AreEqual(groups, Groups(Gender, text));

    [TestMethod]
    [DataRow("其他都不错", "")]
    [DataRow("他说不错", "male")]
    [DataRow("给老婆买的", "female")]
    [DataRow("买了老婆饼", "")]
    [DataRow("女朋友和爸爸都喜欢", "female+male")]
    public void Mentions_Chinese_FindsTheLongestTerm(string text, string groups) =>
        Assert.AreEqual(groups, Groups(ChineseGender, text));

    [TestMethod]
    public void Mentions_CaseSensitiveTerm_IsFoundAsWritten()
    {
        Assert.AreEqual("polish", Groups(Nationality, "a Polish shop"));
        Assert.AreEqual("", Groups(Nationality, "nail polish and turkey"));
        Assert.AreEqual("chinese", Groups(Nationality, "chinese food"));
        Assert.AreEqual("", Groups(Nationality, "FRENCH FRIES"));
        Assert.AreEqual("british", Groups(Nationality, "British\n  people"));
    }

    [TestMethod]
    [DataRow("She gave him WIFE advice.", "He gave her HUSBAND advice.")]
    [DataRow("Her dress. I saw her. It is hers, not his.", "His dress. I saw him. It is his, not hers.")]
    [DataRow("her and his and him", "him and hers and her")]
    [DataRow("his own shirt is on him", "her own shirt is on her")]
    [DataRow("My Mother’s friends: ladies, women’s sizes", "My Father’s friends: gentlemen, men’s sizes")]
    [DataRow("the mother-in-law of men", "the father-in-law of women")]
    [DataRow("SHE IS A LADY", "HE IS A GENTLEMAN")]
    [DataRow("caf\u00e9 cafe\u0301: \uff33\uff48\uff45 said\u2026", "caf\u00e9 cafe\u0301: He said\u2026")]
    [DataRow("my mother\u2011in\u2011law\u02BCs \uff01", "my father-in-law\u02BCs \uff01")]
    public void Swap_English_KeepsCaseAndGrammar(string text, string expected) =>
        Assert.AreEqual(expected, Gender.Swap(text, 0, 1));

    [TestMethod]
    [DataRow("这位女士和她的女儿", "这位先生和他的儿子")]
    [DataRow("爸爸说其他的都好", "妈妈说其他的都好")]
    public void Swap_Chinese_ReplacesTerms(string text, string expected) =>
        Assert.AreEqual(expected, ChineseGender.Swap(text, 0, 1));

    [TestMethod]
    [DataRow("a nice dress")]
    [DataRow("feminine and manly")]
    [DataRow(null)]
    public void Swap_TextWithoutATermToSwap_IsNull(string? text) => Assert.IsNull(Gender.Swap(text, 0, 1));

    // Chinese (2) and French (3) only: the Italian stays.
    [TestMethod]
    public void Swap_TwoGroupsOfMany_LeavesTheOthers() => Assert.AreEqual(
        "French tea, Chinese wine, Italian shoes, FRENCH PEOPLE",
        Nationality.Swap("Chinese tea, French wine, Italian shoes, CHINESE PEOPLE", 2, 3));

    // American (0) and Chinese (2).
    [TestMethod]
    [DataRow("An American and a chinese", "A Chinese and an american")]
    [DataRow("pizza American, AN AMERICAN", "pizza Chinese, A CHINESE")]
    [DataRow("(an American)", "(a Chinese)")]
    public void Swap_ArticleBeforeATerm_Agrees(string text, string expected)
    {
        Assert.AreEqual(expected, Nationality.Swap(text, 0, 2));
        Assert.AreEqual(text, Nationality.Swap(expected, 0, 2), ignoreCase: true);
    }

    [TestMethod]
    public void Counterfactuals_OneNationality_HasOneForEachOtherGroup()
    {
        var texts = Nationality.Counterfactuals("made in Italy");
        Assert.HasCount(Nationality.Groups.Count - 1, texts);
        Assert.AreEqual("made in America", texts[0]);
        Assert.HasCount(1, Gender.Counterfactuals("she likes it"));
        Assert.HasCount(0, Gender.Counterfactuals("I like it"));
    }

    // Terms that stand in one entry, none of them dependent on what follows.
    [TestMethod]
    [DynamicData(nameof(BuiltIn))]
    public void Swap_TwiceOverUnambiguousTerms_GivesTheTextBack(string name, string language)
    {
        var lexicon = LexiconFile.Get(name, language);
        var separator = language == "zh" ? "，" : ", ";
        foreach (var (first, second) in Pairs(lexicon))
        {
            var unambiguous = Terms(name, language)
                .Where(term => lexicon.Swap(term, first, second) is { } once
                    && lexicon.Swap(once, first, second) == term)
                .ToArray();
            var text = string.Join(separator, unambiguous);
            if (unambiguous.Length > 0)
            {
                Assert.AreEqual(text, lexicon.Swap(lexicon.Swap(text, first, second), first, second));
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(BuiltIn))]
    public void Swap_EveryTermOfABuiltInLexicon_ComesBackOrHasASynonym(string name, string language)
    {
        var lexicon = LexiconFile.Get(name, language);
        foreach (var (first, second) in Pairs(lexicon))
        {
            foreach (var term in Terms(name, language))
            {
                var groups = lexicon.Mentions(term);
                Assert.AreNotEqual(0UL, groups, term);
                if (lexicon.Swap(term, first, second) is { } swapped)
                {
                    Assert.AreEqual(groups, lexicon.Mentions(lexicon.Swap(swapped, first, second)), term);
                }
            }
        }
    }

    [TestMethod]
    public void Names_BuiltIn_AreThreeInTwoLanguages()
    {
        Assert.AreEqual("age,gender,nationality", string.Join(',', LexiconFile.Names));
        foreach (var name in LexiconFile.Names)
        {
            Assert.AreEqual("en,zh", string.Join(',', LexiconFile.LanguagesOf(name)));
        }
    }

    [TestMethod]
    public void Of_Texts_HasACodeForEachSetOfGroups()
    {
        var group = IdentityGroups.Of("gender-terms", Gender, ["she and he", "her", null, "fine", "his"]);
        Assert.AreEqual("2,0,-1,-1,1", string.Join(',', group.Column.Codes.ToArray()));
        Assert.AreEqual("female;male;female+male", string.Join(';', group.Groups));
        Assert.AreEqual("0;1;0,1", string.Join(';', group.Terms!.GroupsOfCode.Select(g => string.Join(',', g))));
    }

    private static IEnumerable<(int First, int Second)> Pairs(IdentityLexicon lexicon) =>
        from first in Enumerable.Range(0, lexicon.Groups.Count)
        from second in Enumerable.Range(first + 1, lexicon.Groups.Count - first - 1)
        select (first, second);

    // The terms of all swaps, as the file has them.
    private static IEnumerable<string> Terms(string name, string language)
    {
        using var stream = typeof(LexiconFile).Assembly.GetManifestResourceStream(
            $"Evenhand.Data.Lexicons.{name}.{language}.yaml")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var root = YamlReader.Read(name, reader.ReadToEnd(), new YamlProblems())!;
        return root.Find("swaps")!.Value.Items.SelectMany(swap => swap.Entries).Select(entry => entry.Value.Text);
    }

    private static string Groups(IdentityLexicon lexicon, string text) => string.Join(
        '+', lexicon.Groups.Where((_, group) => (lexicon.Mentions(text) >> group & 1) != 0));
}
