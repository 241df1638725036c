using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Experiments.Explanations;
using Evenhand.Learning.Explanations;
using Evenhand.TestKit.Learning;

namespace Evenhand.Experiments.Tests.Explanations;

[TestClass]
public sealed class AttentionJsonTests
{
    [TestMethod]
    public void Write_Attention_HasEveryWeightInItsPlace()
    {
        var attention = AttentionSamples.Of(unread: 3);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            AttentionJson.Write(json, 7, attention);
        }

        var root = JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
        Assert.AreEqual(7, (int)root["row"]!);
        Assert.AreEqual("so <b> soxxx", (string)root["text"]!);
        Assert.AreEqual(9, (int)root["readLength"]!);
        Assert.AreEqual("""{"token":"##first","start":7,"end":9,"mark":false}""", root["pieces"]![3]!.ToJsonString());
        Assert.IsTrue((bool)root["pieces"]![4]!["mark"]!);
        var weights = root["weights"]!.AsArray();
        Assert.HasCount((int)root["layers"]!, weights);
        Assert.HasCount((int)root["heads"]!, weights[0]!.AsArray());
        for (var head = 0; head < 2; head++)
        {
            for (var from = 0; from < 5; from++)
            {
                var row = weights[0]![head]![from]!.AsArray().Select(weight => (float)weight!).ToArray();
                CollectionAssert.AreEqual(attention.Weights(0, head, from).ToArray(), row);
                Assert.AreEqual(1, row.Sum(), 1e-6f);
            }
        }
    }
}
