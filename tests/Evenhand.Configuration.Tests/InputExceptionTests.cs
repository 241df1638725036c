namespace Evenhand.Configuration.Tests;

[TestClass]
public sealed class InputExceptionTests
{
    [TestMethod]
    [DataRow(0, 0, "f.yaml: wrong")]
    [DataRow(3, 0, "f.yaml(3): wrong")]
    [DataRow(3, 7, "f.yaml(3,7): wrong")]
    public void Message_AsMuchOfThePlaceAsIsKnown_ComesFirst(int line, int column, string expected)
    {
        var error = new InputException("f.yaml", line, column, "wrong");
        Assert.AreEqual(expected, error.Message);
        Assert.AreEqual(("f.yaml", (long)line, (long)column), (error.File, error.Line, error.Column));
    }
}
