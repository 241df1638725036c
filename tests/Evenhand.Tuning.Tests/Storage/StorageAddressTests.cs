using Evenhand.Configuration;
using Evenhand.Tuning.Storage;

namespace Evenhand.Tuning.Tests.Storage;

[TestClass]
public sealed class StorageAddressTests
{
    [TestMethod]
    [DataRow(".evenhand", "folder", ".evenhand")]
    [DataRow("/var/a:b", "folder", "/var/a:b")]
    [DataRow("./sqlite:a", "folder", "./sqlite:a")]
    [DataRow("C:\\studies", "folder", "C:\\studies")]
    [DataRow("C:studies", "folder", "C:studies")]
    [DataRow("folder:a:b", "folder", "a:b")]
    [DataRow("sqlite:fair.db", "sqlite", "fair.db")]
    [DataRow("sqlite:/var/fair.db", "sqlite", "/var/fair.db")]
    [DataRow("sqlite://fair.db", "sqlite", "fair.db")]
    [DataRow("sqlite:///var/fair.db", "sqlite", "/var/fair.db")]
    [DataRow("sqlite:C:\\fair.db", "sqlite", "C:\\fair.db")]
    [DataRow("postgres://me@host/db?a=b", "postgres", "me@host/db?a=b")]
    [DataRow("memory:", "memory", "")]
    public void Parse_Address_HasSchemeAndRest(string text, string scheme, string rest)
    {
        var address = StorageAddress.Parse(text);
        Assert.AreEqual((text, scheme, rest), (address.Text, address.Scheme, address.Rest));
        Assert.AreEqual(text, address.ToString());
    }

    [TestMethod]
    [DataRow("postgres://me:secret@host/db", "postgres://me:***@host/db")]
    [DataRow("postgres://me:s:e@cret@host:5432/db", "postgres://me:***@host:5432/db")]
    [DataRow("postgres://:secret@host", "postgres://:***@host")]
    public void ToString_AddressWithAPassword_HidesIt(string text, string shown)
    {
        Assert.AreEqual(shown, StorageAddress.Parse(text).ToString());
        Assert.AreEqual(text, StorageAddress.Parse(text).Text);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    public void Parse_Empty_IsRefused(string text) =>
        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => StorageAddress.Parse(text)).Message, "--store names a folder");
}
