using System.Buffers.Binary;
using System.Text;
using Evenhand.Data;

namespace Evenhand.Torch.Tests.Persistence;

[TestClass]
public sealed class SafeTensorsFileTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}.safetensors");

    [TestCleanup]
    public void Clean() => File.Delete(_path);

    // Put together by hand after the format's description.
    [TestMethod]
    public void Read_FileMadeByHand_HasItsTensors()
    {
        WriteByHand(
            """{"__metadata__":{"format":"pt"},"b":{"dtype":"I64","shape":[1],"data_offsets":[8,16]},"""
            + """"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}""",
            [0, 0, 128, 63, 0, 0, 0, 192, 7, 0, 0, 0, 0, 0, 0, 0]);
        var (tensors, metadata) = SafeTensorsFile.Read(_path);

        Assert.AreEqual("pt", metadata["format"]);
        CollectionAssert.AreEqual(new[] { "a", "b" }, tensors.Select(t => t.Name).ToArray());
        CollectionAssert.AreEqual(new long[] { 2, 1 }, tensors[0].Shape);
        Assert.AreEqual(-2f, BinaryPrimitives.ReadSingleLittleEndian(tensors[0].Bytes.Span[4..]));
        Assert.AreEqual("I64", tensors[1].Type);
        Assert.AreEqual(7, tensors[1].Bytes.Span[0]);
        Assert.HasCount(1, SafeTensorsFile.Read(_path, name => name == "b").Tensors);
    }

    [TestMethod]
    public void Write_Tensors_AreReadAsTheyWere()
    {
        StoredTensor[] tensors =
        [
            new("x", "F32", [2], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }),
            new("empty", "F32", [0, 3], Array.Empty<byte>()),
            new("scalar", "U8", [], new byte[] { 9 }),
        ];
        SafeTensorsFile.Write(_path, tensors, new Dictionary<string, string> { ["état"] = "{}" });
        var (read, metadata) = SafeTensorsFile.Read(_path);

        Assert.AreEqual("{}", metadata["état"]);
        foreach (var tensor in tensors)
        {
            var same = read.Single(t => t.Name == tensor.Name);
            Assert.AreEqual(tensor.Type, same.Type);
            CollectionAssert.AreEqual(tensor.Shape, same.Shape);
            CollectionAssert.AreEqual(tensor.Bytes.ToArray(), same.Bytes.ToArray());
        }

        // The tensors begin at a multiple of eight.
        Assert.AreEqual(0, BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(_path)) % 8);
    }

    [TestMethod]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,80]}}""")]
    [DataRow("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2]}}""")]
    [DataRow("""{"a":3}""")]
    [DataRow("[]")]
    [DataRow("{")]
    public void Read_Damaged_SaysSo(string header)
    {
        WriteByHand(header, new byte[8]);
        Assert.Contains("damaged", Assert.ThrowsExactly<InputException>(() => SafeTensorsFile.Read(_path)).Message);
    }

    [TestMethod]
    public void Read_CutShort_SaysSo()
    {
        WriteByHand("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]);
        var bytes = File.ReadAllBytes(_path);
        foreach (var length in new[] { 0, 5, 20, bytes.Length - 1 })
        {
            File.WriteAllBytes(_path, bytes[..length]);
            Assert.ThrowsExactly<InputException>(() => SafeTensorsFile.Read(_path));
        }
    }

    private void WriteByHand(string header, byte[] body)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(_path, [.. length, .. json, .. body]);
    }
}
