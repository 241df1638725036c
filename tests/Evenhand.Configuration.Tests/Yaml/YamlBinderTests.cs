using Evenhand.Configuration.Yaml;

namespace Evenhand.Configuration.Tests.Yaml;

[TestClass]
public sealed class YamlBinderTests
{
    private static Whole Bind(string text) => YamlBinder.Bind<Whole>("f.yaml", text);

    private static string Refusal(string text) => Assert.ThrowsExactly<InputException>(() => Bind(text)).Message;

    [TestMethod]
    public void Bind_EveryKindOfValue_IsRead()
    {
        var whole = Bind("""
            title: A thing   # with a comment
            note: ~
            small: -12
            large: 9000000000
            number: 1e-3
            maybe:
            flag: true
            colour: dark-blue
            time: 1h30m
            parts:
              - name: a
                weight: .25
                inner: { name: b, count: 0x10 }
              - { name: "c" }
            codes: [1, 0o17, +3]
            weights: { x: 1, "y": 2.5, .inf: .inf }
            names: { red: [r], dark-blue: [] }
            marked: 3
            raw: { any: [thing] }
            interval: 2..5
            pair: { first: p }
            """);

        Assert.AreEqual("A thing", whole.Title);
        Assert.IsNull(whole.Note);
        Assert.AreEqual(-12, whole.Small);
        Assert.AreEqual(9_000_000_000, whole.Large);
        Assert.AreEqual(1e-3, whole.Number);
        Assert.IsNull(whole.Maybe);
        Assert.IsTrue(whole.Flag);
        Assert.AreEqual(Colour.DarkBlue, whole.Colour);
        Assert.AreEqual(TimeSpan.FromMinutes(90), whole.Time);
        Assert.HasCount(2, whole.Parts);
        Assert.AreEqual(
            new Part { Name = "a", Weight = .25, Inner = new Part { Name = "b", Count = 16 } }, whole.Parts[0]);
        Assert.AreEqual(new Part { Name = "c" }, whole.Parts[1]);
        CollectionAssert.AreEqual(new[] { 1, 15, 3 }, whole.Codes);
        CollectionAssert.AreEqual(new[] { "x", "y", ".inf" }, whole.Weights.Keys.ToArray());
        Assert.AreEqual(double.PositiveInfinity, whole.Weights[".inf"]);
        CollectionAssert.AreEqual(new[] { "r" }, whole.Names[Colour.Red].ToArray());
        Assert.AreEqual(new Located<int>(3, new YamlPlace("f.yaml", 18, 9)), whole.Marked);
        Assert.AreEqual("raw.any.0", whole.Raw!.Entries[0].Value.Items[0].Path);
        Assert.AreEqual(new Interval { Low = 2, High = 5 }, whole.Interval);
        Assert.AreEqual(new Pair("p"), whole.Pair);
        Assert.AreEqual(new YamlPlace("f.yaml", 1, 1), whole.Place);
    }

    [TestMethod]
    public void Bind_KeysLeftOut_KeepInitialValues()
    {
        var whole = Bind("small: 1");

        Assert.AreEqual("none", whole.Title);
        Assert.AreEqual(1.0, whole.Maybe);
        Assert.IsEmpty(whole.Parts);
    }

    [TestMethod]
    [DataRow("title: 12", "12")]
    [DataRow("title: yes", "yes")]
    [DataRow("title: '5'", "5")]
    [DataRow("title: \"null\"", "null")]
    [DataRow("title: !!str 5", "5")]
    [DataRow("title: |\n  two\n  lines\n", "two\nlines\n")]
    [DataRow("title: >-\n  one\n  line\n", "one line")]
    [DataRow("\uFEFFtitle: x", "x")]
    [DataRow("%YAML 1.2\n---\ntitle: x\n...\n", "x")]
    [DataRow("title: 'Größe 漢字 🎬'\r\nsmall: 2\r\n", "Größe 漢字 🎬")]
    public void Bind_Text_IsTakenAsWritten(string text, string expected) => Assert.AreEqual(expected, Bind(text).Title);

    [TestMethod]
    [DataRow("small: x", "f.yaml(1,8): small: expected an integer, found text 'x'")]
    [DataRow("small: '5'", "f.yaml(1,8): small: expected an integer without quotes, found text '5'")]
    [DataRow("small: 1.5", "f.yaml(1,8): small: expected an integer, found the number 1.5")]
    [DataRow("small: 3000000000", "f.yaml(1,8): small: expected an integer from -2147483648 to 2147483647, found the number 3000000000")]
    [DataRow("small: 1_000", "f.yaml(1,8): small: expected an integer, found text '1_000'")]
    [DataRow("small:", "f.yaml(1,7): small: expected an integer, found nothing")]
    [DataRow("small: [1]", "f.yaml(1,8): small: expected an integer, found a list")]
    [DataRow("number: {a: 1}", "f.yaml(1,9): number: expected a number, found a mapping")]
    [DataRow("number: .nan", "f.yaml(1,9): number: expected a number, found the number .nan")]
    [DataRow("number: true", "f.yaml(1,9): number: expected a number, found true")]
    [DataRow("flag: yes", "f.yaml(1,7): flag: expected true or false, found text 'yes'")]
    [DataRow("flag: 'true'", "f.yaml(1,7): flag: expected true or false, found text 'true'")]
    [DataRow("colour: dark-bleu", "f.yaml(1,9): colour: expected red or dark-blue, found text 'dark-bleu'. Did you mean 'dark-blue'?")]
    [DataRow("colour: 1", "f.yaml(1,9): colour: expected red or dark-blue, found the number 1")]
    [DataRow("time: 90", "f.yaml(1,7): time: expected a duration such as 90s, 5m or 1h30m, found the number 90")]
    [DataRow("parts: 5", "f.yaml(1,8): parts: expected a list, found the number 5")]
    [DataRow("parts: [a]", "f.yaml(1,9): parts.0: expected a mapping with keys such as name, weight, count, inner, found text 'a'")]
    [DataRow("parts: [{weight: 1}]", "f.yaml(1,9): parts.0: key 'name' is required")]
    [DataRow("parts: [{name: a, weight: 1.5}]", "f.yaml(1,27): parts.0.weight: must be between 0 and 1, found 1.5")]
    [DataRow("parts: [{name: a, count: 0}]", "f.yaml(1,26): parts.0.count: must be at least 1, found 0")]
    [DataRow("parts: [{name: a, wieght: 1}]", "f.yaml(1,19): parts.0: unknown key 'wieght'. Did you mean 'weight'?")]
    [DataRow("parts: [~]", "f.yaml(1,9): parts.0: expected a mapping with keys such as name, weight, count, inner, found nothing")]
    [DataRow("weights: [1]", "f.yaml(1,10): weights: expected a mapping, found a list")]
    [DataRow("weights: {a: x}", "f.yaml(1,14): weights.a: expected a number, found text 'x'")]
    [DataRow("names: {green: []}", "f.yaml(1,9): names: unknown key 'green'. Valid: red, dark-blue.")]
    [DataRow("marked: 11", "f.yaml(1,9): marked: must be between 0 and 10, found 11")]
    [DataRow("interval: 5", "f.yaml(1,11): interval: expected an interval such as 2..5, found the number 5")]
    [DataRow("interval: {low: 5, high: 2}", "f.yaml(1,17): interval.low: must not be above high")]
    [DataRow("pair: {second: 2}", "f.yaml(1,7): pair: key 'first' is required")]
    [DataRow("computed: 2", "f.yaml(1,1): unknown key 'computed'. Valid: ")]
    [DataRow("place: 2", "f.yaml(1,1): unknown key 'place'. Valid: ")]
    [DataRow("titel: x", "f.yaml(1,1): unknown key 'titel'. Did you mean 'title'?")]
    [DataRow("- a", "f.yaml(1,1): expected a mapping with keys such as title, note, small, large, found a list")]
    public void Bind_WrongValue_NamesPlaceAndWhatWasExpected(string text, string expected) =>
        Assert.StartsWith(expected, Refusal(text));

    [TestMethod]
    [DataRow("size: 1\neven: 3", "f.yaml(2,7): even: must be even")]
    [DataRow("size: 1\ncodes: []", "f.yaml(2,8): codes: must not be empty")]
    [DataRow("size: 1\ncodes: [x]", "f.yaml(2,9): codes.0: expected an integer, found text 'x'")]
    [DataRow("sise: 1", "f.yaml(1,1): unknown key 'sise'. Did you mean 'size'?")]
    public void Bind_OneMistake_IsReportedOnce(string text, string expected)
    {
        var error = Assert.ThrowsExactly<InputException>(() => YamlBinder.Bind<Strict>("f.yaml", text));

        Assert.AreEqual(expected, error.Message);
    }

    [TestMethod]
    public void Bind_ManyProblems_AreAllListedInOrder()
    {
        var error = Assert.ThrowsExactly<InputException>(() => Bind("colour: green\nsmall: x\nparts:\n  - nam: a\n"));

        Assert.AreEqual(
            """
            f.yaml(1,9): colour: expected red or dark-blue, found text 'green'
            f.yaml(2,8): small: expected an integer, found text 'x'
            f.yaml(4,5): parts.0: unknown key 'nam'. Did you mean 'name'?
            """,
            error.Message);
        Assert.AreEqual(("f.yaml", 1L, 9L), (error.File, error.Line, error.Column));
    }

    [TestMethod]
    [DataRow("90s", 90_000, "1m30s")]
    [DataRow("5m", 300_000, "5m")]
    [DataRow("1h30m", 5_400_000, "1h30m")]
    [DataRow("1d2h3m4s5ms", 93_784_005, "1d2h3m4s5ms")]
    [DataRow("0h250ms", 250, "250ms")]
    public void Duration_WrittenForm_IsReadAndWrittenBack(string text, double milliseconds, string written)
    {
        Assert.IsTrue(YamlScalars.TryDuration(text, out var value));
        Assert.AreEqual(milliseconds, value.TotalMilliseconds);
        Assert.AreEqual(written, YamlScalars.Duration(value));
    }

    [TestMethod]
    [DataRow(0.25, "0.25")]
    [DataRow(1e-6, "1e-6")]
    [DataRow(-2.5e300, "-2.5e300")]
    [DataRow(double.PositiveInfinity, ".inf")]
    public void Number_WrittenForm_IsReadBack(double value, string text)
    {
        Assert.AreEqual(text, YamlScalars.Number(value));
        Assert.IsTrue(YamlScalars.TryNumber(text, out var read));
        Assert.AreEqual(value, read);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("5")]
    [DataRow("5 m")]
    [DataRow("1m1h")]
    [DataRow("-5m")]
    [DataRow("99999999999s")]
    [DataRow("99999999d")]
    public void TryDuration_OtherText_IsNone(string text) => Assert.IsFalse(YamlScalars.TryDuration(text, out _));
}
