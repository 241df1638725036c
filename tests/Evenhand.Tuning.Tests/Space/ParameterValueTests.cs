using System.Globalization;
using System.Text.Json;
using Evenhand.Tuning.Space;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Tuning.Tests.Space;

[TestClass]
public sealed class ParameterValueTests
{
    [TestMethod]
    [DataRow("64", ParameterKind.Int)]
    [DataRow("-9223372036854775808", ParameterKind.Int)]
    [DataRow("0.05", ParameterKind.Float)]
    [DataRow("1.0", ParameterKind.Float)]
    [DataRow("1E-05", ParameterKind.Float)]
    [DataRow("true", ParameterKind.Bool)]
    [DataRow("\"square\"", ParameterKind.String)]
    public void Json_OfOneValue_IsWrittenAsRead(string json, ParameterKind kind)
    {
        var value = JsonSerializer.Deserialize<ParameterValue>(json);
        Assert.AreEqual(kind, value.Kind);
        Assert.AreEqual(json, JsonSerializer.Serialize(value));
    }

    [TestMethod]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("[1]")]
    [DataRow("1e999")]
    public void Json_NoPlainValue_Throws(string json) =>
        Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize<ParameterValue>(json));

    [TestMethod]
    public void Json_AnyValue_ComesBackEqual()
    {
        var numbers = ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(x => new ParameterValue(x));
        var integers = ArbMap.Default.GeneratorFor<long>().Select(x => new ParameterValue(x));
        var texts = ArbMap.Default.GeneratorFor<NonNull<string>>().Where(x => IsWellFormed(x.Get))
            .Select(x => new ParameterValue(x.Get));
        Prop.ForAll(Gen.OneOf(numbers, integers, texts).ToArbitrary(), value =>
            Assert.AreEqual(value, JsonSerializer.Deserialize<ParameterValue>(JsonSerializer.Serialize(value))))
            .Check(Checks.Config);
    }

    [TestMethod]
    public void Json_OfASet_KeepsOrderAndKinds()
    {
        var set = new ParameterSet(
        [
            KeyValuePair.Create<string, ParameterValue>("z", 1L),
            KeyValuePair.Create<string, ParameterValue>("a", 1.0),
            KeyValuePair.Create<string, ParameterValue>("m", "1"),
        ]);
        var json = JsonSerializer.Serialize(set);
        Assert.AreEqual("""{"z":1,"a":1.0,"m":"1"}""", json);
        Assert.AreEqual(set, JsonSerializer.Deserialize<ParameterSet>(json));
        Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize<ParameterSet>("""{"a":1,"a":2}"""));
        Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize<ParameterSet>("[]"));
        Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize<ParameterSet>("""{"a":{}}"""));
    }

    [TestMethod]
    public void Equals_OtherKind_IsFalse()
    {
        Assert.AreNotEqual(new ParameterValue(1L), new ParameterValue(1.0));
        Assert.AreNotEqual(new ParameterValue(1L), new ParameterValue(true));
        Assert.AreEqual(new ParameterValue(0.0), new ParameterValue(-0.0));
        Assert.IsTrue(new ParameterValue("a") == "a");
    }

    [TestMethod]
    public void As_OtherKind_Throws()
    {
        Assert.AreEqual(3, new ParameterValue(3L).AsDouble);
        Assert.ThrowsExactly<InvalidOperationException>(() => new ParameterValue(3.0).AsInt64);
        Assert.ThrowsExactly<InvalidOperationException>(() => new ParameterValue("3").AsDouble);
        Assert.ThrowsExactly<InvalidOperationException>(() => new ParameterValue(3L).AsString);
        Assert.ThrowsExactly<InvalidOperationException>(() => new ParameterValue(1L).AsBoolean);
        Assert.ThrowsExactly<ArgumentException>(() => new ParameterValue(double.NaN));
    }

    [TestMethod]
    public void ToString_AnyCulture_IsInvariant()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = (CultureInfo)culture.Clone();
            CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";
            Assert.AreEqual("0.5", new ParameterValue(0.5).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    // JSON has no place for halves of surrogate pairs.
    private static bool IsWellFormed(string text) => text.EnumerateRunes().Sum(rune =>
        rune.Utf16SequenceLength) == text.Length
        && !text.Contains('\uFFFD', StringComparison.Ordinal);
}
