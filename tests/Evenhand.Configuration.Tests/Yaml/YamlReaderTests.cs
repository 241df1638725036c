using Evenhand.Configuration.Yaml;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Configuration.Tests.Yaml;

[TestClass]
public sealed class YamlReaderTests
{
    private static Whole Bind(string text) => YamlBinder.Bind<Whole>("f.yaml", text);

    private static string Refusal(string text) => Assert.ThrowsExactly<InputException>(() => Bind(text)).Message;

    [TestMethod]
    public void Read_AnchorsAndMergeKeys_Work()
    {
        var whole = Bind("""
            raw:
              base: &base { name: a, weight: 0.25 }
              more: &more { weight: 0.75, count: 2 }
            parts:
              - *base
              - { <<: *base, name: b }
              - <<: [*base, *more]
                count: 9
            """);

        CollectionAssert.AreEqual(
            new Part[]
            {
                new() { Name = "a", Weight = .25 },
                new() { Name = "b", Weight = .25 },
                new() { Name = "a", Weight = .25, Count = 9 },
            },
            whole.Parts.ToArray());
    }

    [TestMethod]
    [DataRow("", "f.yaml(1,1): the file is empty")]
    [DataRow("# only a comment\n", "f.yaml(1,1): the file is empty")]
    [DataRow("---\n", "the file is empty")]
    [DataRow("small: 1\n---\nsmall: 2\n", "f.yaml(2,1): a second document starts here: a file holds one")]
    [DataRow("small: 1\nsmall: 2\n", "f.yaml(2,1): key 'small' is given twice; it is first in line 1")]
    [DataRow("parts:\n\t- name: a\n", "f.yaml(2,1): a tab in the indentation: YAML indents with blanks")]
    [DataRow("parts:\n  - name: a\n\t  weight: 1\n", "f.yaml(3,1): a tab in the indentation: YAML indents with blanks")]
    [DataRow("small: [1, 2\n", "not valid YAML: ")]
    [DataRow("title: 'open\n", "not valid YAML: ")]
    [DataRow("title: a: b\n", "f.yaml(1,9): not valid YAML: ")]
    [DataRow("small: 1\n title: x\n", "not valid YAML: ")]
    [DataRow("parts: *nowhere\n", "f.yaml(1,8): no anchor '&nowhere' comes before this alias")]
    [DataRow("raw: &a [1, *a]\n", "f.yaml(1,13): alias '*a' refers to the node that holds it")]
    [DataRow("raw: { <<: 5 }\n", "f.yaml(1,12): raw.<<: expected a mapping to merge, or a list of mappings, found the number 5")]
    [DataRow("title: !vault x\n", "tag '!vault' has no meaning here: leave it out")]
    [DataRow("title: \"a\\0b\"\n", "f.yaml(1,8): a value holds no NUL character")]
    [DataRow("title: \"\\ud83d!\"\n", "found invalid Unicode surrogates")]
    [DataRow("? [a]\n: b\n", "f.yaml(1,3): a key must be text")]
    public void Read_NotAcceptable_NamesPlaceAndReason(string text, string expected)
    {
        var message = Refusal(text);

        Assert.StartsWith("f.yaml(", message);
        Assert.Contains(expected, message);
    }

    [TestMethod]
    [DataRow("raw: ", "[", "]")]
    [DataRow("raw: ", "{a: ", "}")]
    [DataRow("", "- ", "")]
    public void Read_DeepNesting_IsRefusedWithoutOverflow(string before, string open, string close)
    {
        const int Depth = 100_000;
        var text = before + string.Concat(Enumerable.Repeat(open, Depth)) + "1"
            + string.Concat(Enumerable.Repeat(close, Depth));

        Assert.Contains($"nested deeper than {YamlReader.MaximumDepth} levels", Refusal(text));
    }

    [TestMethod]
    public void Read_AliasesThatExplode_AreRefused()
    {
        var lines = Enumerable.Range(1, 20)
            .Select(i => $"  l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 10))}]");
        var text = "raw:\n  l0: &l0 [x]\n" + string.Join('\n', lines) + "\n";

        Assert.Contains($"aliases expand to more than {YamlReader.MaximumSize} values", Refusal(text));
    }

    [TestMethod]
    public void ReadFragment_Problem_NamesTheFragmentAlone()
    {
        var problems = new YamlProblems();

        var element = YamlReader.ReadFragment("--set small=x", "x", "small", problems)!;
        YamlBinder.Bind<Whole>(element, problems);

        var error = Assert.ThrowsExactly<InputException>(problems.ThrowIfAny);
        Assert.StartsWith("--set small=x: small: expected a mapping", error.Message);
    }

    [TestMethod]
    public void Read_AnyText_EndsInATreeOrAProblem()
    {
        // Characters that mean something in YAML come up far more often than others.
        var character = Gen.Frequency(
            (8, Gen.Elements("\n\t -:?[]{},#&*!|>'\"%@`~<.0123456789aex\\".ToCharArray())),
            (1, ArbMap.Default.GeneratorFor<char>()));
        var text = character.ArrayOf().Resize(60).Select(characters => new string(characters)).ToArbitrary();

        Prop.ForAll(text, written =>
        {
            var problems = new YamlProblems();
            var root = YamlReader.Read("f.yaml", written, problems);
            return (root is null) == (problems.Count > 0) || problems.Count > 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(1, 1));
    }
}
