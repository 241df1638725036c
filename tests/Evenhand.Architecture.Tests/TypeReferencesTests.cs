using Evenhand.Architecture.Tests.Assemblies;
using Evenhand.Architecture.Tests.References;

namespace Evenhand.Architecture.Tests;

/// <summary>What the walk through an assembly sees, shown on this one: its fixtures name types in every way.</summary>
[TestClass]
public sealed class TypeReferencesTests
{
    private const string Fixtures = "Evenhand.Architecture.Tests.Fixtures";

    [TestMethod]
    [DataRow("Arguments -> InBody")]
    [DataRow("Arguments -> CaughtException")]
    [DataRow("Arguments -> InDeclaration")]
    [DataRow("Arguments -> IConstraint")]
    [DataRow("Attributed -> KindAttribute")]
    [DataRow("Attributed -> InAttribute")]
    [DataRow("Attributed -> Shade")]
    public void Uses_OfFixtures_HoldWhatIsNamed(string use)
    {
        using var assembly = Own();
        Assert.Contains(use, NamespaceGraph.Of(assembly).Uses($"{Fixtures}.Naming", $"{Fixtures}.Named"));
    }

    [TestMethod]
    public void Cycles_ThroughCodeAlone_AreTheOnlyOnesAndAreExplained()
    {
        using var assembly = Own();
        Assert.AreEqual(
            $"""
            These namespaces need each other: {Fixtures}.Bodies.Called, {Fixtures}.Bodies.Calling
              {Fixtures}.Bodies.Called -> {Fixtures}.Bodies.Calling: Tally -> Counter
              {Fixtures}.Bodies.Calling -> {Fixtures}.Bodies.Called: Counter -> Tally

            """,
            NamespaceGraph.Of(assembly).Describe().ReplaceLineEndings("\n"));
    }

    [TestMethod]
    [DataRow("Counter", "Bodies/Calling")]
    [DataRow("IConstraint", "Named")]
    [DataRow("Shade", "Named")]
    public void Files_OfATypeWithAndWithoutCode_AreFound(string name, string folder)
    {
        using var assembly = Own();
        var files = SourceFiles.Of(assembly).Single(type => assembly.TypeName(type.Key) == name);
        Assert.EndsWith($"/Evenhand.Architecture.Tests/Fixtures/{folder}/{name}.cs", files.Single());
    }

    private static CompiledAssembly Own() =>
        CompiledAssembly.Open(typeof(TypeReferencesTests).Assembly.GetName().Name!);
}
