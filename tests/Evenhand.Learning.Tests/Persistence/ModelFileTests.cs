using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;
using FsCheck.Fluent;

namespace Evenhand.Learning.Tests.Persistence;

[TestClass]
public sealed class ModelFileTests
{
    private string _folder = "";

    private string ModelPath => Path.Combine(_folder, "a.model");

    [TestInitialize]
    public void Save()
    {
        _folder = Directory.CreateTempSubdirectory("evenhand").FullName;
        var data = LearningSamples.Ratings(5, 5, 30, new SeedTree(0));
        var learner = new BiasLearner(new BiasOptions());
        ModelFile.Save(learner.Fit(data, new FitContext { Seeds = new SeedTree(0) }), ModelPath);
    }

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Save_OverAnOlderFile_ReplacesItAndLeavesNothingBeside()
    {
        var model = ModelFile.Load(ModelPath, TestRegistry.Shared);
        ModelFile.Save(model, ModelPath);
        CollectionAssert.AreEqual(new[] { ModelPath }, Directory.GetFiles(_folder));
        Assert.AreEqual("bias", ModelFile.Load(ModelPath, TestRegistry.Shared).LearnerName);
    }

    [TestMethod]
    public void Save_IntoAFolderThatIsNotThere_SaysSo() => Assert.Contains(
        "cannot be written",
        Assert.ThrowsExactly<InputException>(
            () => ModelFile.Save(ModelFile.Load(ModelPath, TestRegistry.Shared), Path.Combine(_folder, "no", "b.model"))).Message);

    [TestMethod]
    public void Load_AnyByteChanged_IsRefused()
    {
        var bytes = File.ReadAllBytes(ModelPath);
        Properties.Check(Gen.Choose(0, bytes.Length - 1), place =>
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= 0x41;
            AssertRefused(damaged);
        });
    }

    [TestMethod]
    public void Load_CutShortOrLonger_IsRefused()
    {
        var bytes = File.ReadAllBytes(ModelPath);
        Properties.Check(Gen.Choose(0, bytes.Length - 1), length => AssertRefused(bytes[..length]));
        AssertRefused([.. bytes, 0]);
    }

    [TestMethod]
    public void Load_AnotherFile_SaysThatItIsNoModel() => Assert.Contains(
        "not an Evenhand model", AssertRefused("user,item,rating\n1,2,3\n"u8.ToArray()).Message);

    [TestMethod]
    public void Load_NewerFormat_SaysSo()
    {
        var bytes = File.ReadAllBytes(ModelPath);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), ModelFile.FormatVersion + 1);
        Assert.Contains("written by a newer Evenhand", AssertRefused(bytes).Message);
    }

    [TestMethod]
    [DataRow("\"userDamping\":5", "\"userDamping\":-5")]
    [DataRow("{\"name\":\"userBiases\",", "null,{\"name\":\"userBiases\",")]
    [DataRow("\"labelMean\":", "\"labelMean\":1e999,\"was\":")]
    [DataRow("\"length\":5", "\"length\":4611686018427387904")]
    public void Load_WholeFileWithAHeaderThatMakesNoSense_IsRefused(string sound, string wrong)
    {
        var bytes = File.ReadAllBytes(ModelPath);
        var bodies = 16 + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12));
        var header = Encoding.UTF8.GetString(bytes[16..bodies]);
        Assert.Contains(sound, header);
        var changed = Encoding.UTF8.GetBytes(header.Replace(sound, wrong, StringComparison.Ordinal));
        byte[] forged = [.. bytes[..16], .. changed, .. bytes[bodies..^SHA256.HashSizeInBytes]];
        BinaryPrimitives.WriteInt32LittleEndian(forged.AsSpan(12), changed.Length);
        AssertRefused([.. forged, .. SHA256.HashData(forged)]);
    }

    [TestMethod]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("5")]
    [DataRow("{}")]
    [DataRow("{\"learner\":\"bias\",\"state\":null,\"arrays\":[]}")]
    [DataRow("{\"learner\":\"bias\",\"state\":{\"options\":null},\"arrays\":null}")]
    public void Load_WholeFileWithAHeaderThatHoldsNoModel_IsRefused(string header)
    {
        var bytes = File.ReadAllBytes(ModelPath);
        byte[] forged = [.. bytes[..16], .. Encoding.UTF8.GetBytes(header)];
        BinaryPrimitives.WriteInt32LittleEndian(forged.AsSpan(12), header.Length);
        AssertRefused([.. forged, .. SHA256.HashData(forged)]);
    }

    [TestMethod]
    public void Load_NoSuchFile_SaysSo() => Assert.Contains(
        "cannot be read",
        Assert.ThrowsExactly<InputException>(() => ModelFile.Load(Path.Combine(_folder, "b.model"), TestRegistry.Shared)).Message);

    private InputException AssertRefused(byte[] bytes)
    {
        var path = Path.Combine(_folder, "damaged.model");
        File.WriteAllBytes(path, bytes);
        var error = Assert.ThrowsExactly<InputException>(() => ModelFile.Load(path, TestRegistry.Shared));
        Assert.StartsWith(path, error.Message);
        return error;
    }
}
