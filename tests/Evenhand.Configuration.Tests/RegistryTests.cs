namespace Evenhand.Configuration.Tests;

[TestClass]
public sealed class RegistryTests
{
    private sealed record Fruit(string Name) : IRegistryEntry
    {
        public static string Kind => "fruit";
    }

    private sealed record Tool(string Name) : IRegistryEntry
    {
        public static string Kind => "tool";
    }

    [TestMethod]
    public void Add_SameNameOfOneKind_IsRefused()
    {
        var registry = new Registry().Add(new Fruit("apple")).Add(new Tool("apple"));
        var error = Assert.ThrowsExactly<InputException>(() => registry.Add(new Fruit("apple")));
        Assert.AreEqual("There are two entries for the fruit 'apple'; each needs its own name.", error.Message);
    }

    [TestMethod]
    public void Get_Misspelt_NamesTheKindAndTheNearest()
    {
        var registry = new Registry().Add([new Fruit("apple"), new Fruit("pear")]);
        var error = Assert.ThrowsExactly<InputException>(() => registry.Get<Fruit>("aple"));
        Assert.AreEqual("There is no fruit 'aple'. Did you mean 'apple'?", error.Message);
    }

    [TestMethod]
    public void Copy_AddedTo_LeavesTheFirstAlone()
    {
        var registry = new Registry().Add(new Fruit("apple"));
        var copy = registry.Copy().Add(new Fruit("pear"));
        CollectionAssert.AreEqual(new[] { "apple", "pear" }, copy.Names<Fruit>().ToArray());
        CollectionAssert.AreEqual(new[] { "apple" }, registry.Names<Fruit>().ToArray());
    }
}
