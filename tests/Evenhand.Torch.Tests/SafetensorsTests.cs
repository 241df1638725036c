using System.Text;
using Evenhand.Configuration;
using Evenhand.Torch.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests;

[TestClass]
public sealed class SafetensorsTests : TorchTest
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}.safetensors");

    [TestCleanup]
    public void RemoveFile() => File.Delete(file);

    [TestMethod]
    public void Read_AllTypes_AreAsWritten()
    {
        manual_seed(2);
        var numbers = randn(3, 5).Times(4);
        ScalarType[] types = [float64, float32, float16, bfloat16, int64, int32, int16, int8, uint8, torch.@bool];
        var written = types.ToDictionary(t => $"t.{t}", t => (t == uint8 ? numbers.abs() : numbers).to(t));
        written["scalar"] = tensor(3f);
        written["empty"] = zeros(0, 4);
        written["turned"] = numbers.t();

        Safetensors.Write(file, written, new Dictionary<string, string> { ["format"] = "pt" });
        var read = Safetensors.Read(file, out var metadata);

        Assert.AreEqual("pt", metadata["format"]);
        CollectionAssert.AreEquivalent(written.Keys, read.Keys);
        foreach (var (name, tensor) in written)
        {
            Assert.AreEqual(tensor.dtype, read[name].dtype);
            CollectionAssert.AreEqual(tensor.shape, read[name].shape);
            Assert.AreEqual(tensor, read[name]);
        }
    }

    [TestMethod]
    public void Write_Always_StartsElementsAtAMultipleOfEight()
    {
        Safetensors.Write(file, new Dictionary<string, Tensor> { ["a"] = ones(2) });

        Assert.AreEqual(0, BitConverter.ToInt64(File.ReadAllBytes(file)) % 8);
    }

    [TestMethod]
    [DataRow("", 0, "before the length", DisplayName = "empty")]
    [DataRow("{}", 3, "belong to none", DisplayName = "bytes of none")]
    [DataRow("[1]", 0, "not an object", DisplayName = "not an object")]
    [DataRow("{\"a\"", 0, "not JSON", DisplayName = "cut off")]
    [DataRow("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "not as the format", DisplayName = "no offsets")]
    [DataRow("{\"a\":{\"dtype\":\"F8\",\"shape\":[2],\"data_offsets\":[0,2]}}", 2, "of type F8",
        DisplayName = "unknown type")]
    [DataRow("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "does not fill",
        DisplayName = "shape and bytes")]
    [DataRow("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 4, "goes beyond",
        DisplayName = "truncated")]
    [DataRow("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}", 2, "leaves a gap", DisplayName = "gap")]
    [DataRow(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4611686018427387904],\"data_offsets\":[0,4]}}", 4,
        "does not fill", DisplayName = "product beyond 64 bits")]
    [DataRow("{\"a\":{\"dtype\":\"U8\",\"shape\":[-1,-1],\"data_offsets\":[0,1]}}", 1, "does not fill",
        DisplayName = "negative")]
    public void Read_Malformed_SaysWhatIsWrong(string header, int elements, string expected)
    {
        using (var stream = File.Create(file))
        {
            if (header.Length > 0)
            {
                stream.Write(BitConverter.GetBytes((long)header.Length));
                stream.Write(Encoding.ASCII.GetBytes(header));
                stream.Write(new byte[elements]);
            }
        }

        var error = Assert.ThrowsExactly<InputException>(() => Safetensors.Read(file));

        StringAssert.Contains(error.Message, file);
        StringAssert.Contains(error.Message, expected);
    }

    [TestMethod]
    public void Read_HeaderLongerThanTheFile_AllocatesNothing()
    {
        File.WriteAllBytes(file, [.. BitConverter.GetBytes(90_000_000L), 1, 2, 3]);

        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => Safetensors.Read(file)).Message,
            "header would have");
    }

    [TestMethod]
    public void Read_Missing_IsAnInputError() =>
        Assert.ThrowsExactly<InputException>(() => Safetensors.Read(file + ".none"));
}
