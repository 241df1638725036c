using System.Text;
using Evenhand.Data.Text;

namespace Evenhand.Data.Tests.Text;

[TestClass]
public sealed class DiacriticsTests
{
    // Golden: unicodedata.normalize("NFD", c) of Python 3.11 without category Mn.
    [TestMethod]
    [DataRow(0xC5, "A")]
    [DataRow(0x212B, "A")]
    [DataRow(0x1EA8, "A")]
    [DataRow(0x3AC, "\u03b1")]
    [DataRow(0x451, "\u0435")]
    [DataRow(0x3094, "\u3046")]
    [DataRow(0xD55C, "\u1112\u1161\u11ab")]
    [DataRow(0xAC00, "\u1100\u1161")]
    [DataRow(0x2F800, "\u4e3d")]
    [DataRow('a', null)]
    [DataRow(0x301, null)]
    [DataRow(0xFB01, null)]
    public void Strip_Character_IsItsCanonicalDecompositionWithoutMarks(int point, string? expected) =>
        Assert.AreEqual(expected, Diacritics.Strip(new Rune(point)));
}
