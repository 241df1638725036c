using Evenhand.Data.Text;

namespace Evenhand.Data.Tests.Reading;

[TestClass]
public sealed class NumberTextTests
{
    [TestMethod]
    [DataRow("4.5", '.', 4.5)]
    [DataRow("4,5", ',', 4.5)]
    [DataRow(" -1 ", '.', -1.0)]
    [DataRow("+1e-3", '.', 0.001)]
    [DataRow("1,000", ',', 1.0)]
    [DataRow("4,5", '.', null)]
    [DataRow("4.5", ',', null)]
    [DataRow("1,000.5", '.', null)]
    [DataRow("1 000", '.', null)]
    [DataRow("(1)", '.', null)]
    [DataRow("0x10", '.', null)]
    [DataRow("NaN", '.', null)]
    [DataRow("Infinity", '.', null)]
    [DataRow("1e999", '.', null)]
    [DataRow("\u22121", '.', null)]
    [DataRow("\uff11", '.', null)]
    [DataRow("", '.', null)]
    public void TryRead_Text_IsANumberOrNone(string text, char sign, double? expected)
    {
        var read = NumberText.TryRead(text, sign, out var value);

        Assert.AreEqual(expected is not null, read);
        Assert.AreEqual(expected ?? double.NaN, value);
    }

    [TestMethod]
    [DataRow("1", "1")]
    [DataRow("1.0", "1")]
    [DataRow("+1", "1")]
    [DataRow("1e0", "1")]
    [DataRow("01", "1")]
    [DataRow(".50", "0.5")]
    [DataRow("5.", "5")]
    [DataRow("-1.0", "-1")]
    [DataRow("-0.0", "0")]
    [DataRow("1.20e2", "120")]
    [DataRow("0.00012", "0.00012")]
    [DataRow("1.2e-7", "1.2e-7")]
    [DataRow("12345678901234567890", "12345678901234567890")]
    [DataRow("12345678901234567891.0", "12345678901234567891")]
    [DataRow("1e70", "1e70")]
    [DataRow("a1", null)]
    public void Normal_FormsOfANumber_AreOne(string text, string? expected) =>
        Assert.AreEqual(expected, NumberText.Normal(text, NumberText.Point));

    [TestMethod]
    public void Normal_DecimalComma_IsKept() => Assert.AreEqual("1,5", NumberText.Normal("1,50", ','));
}
