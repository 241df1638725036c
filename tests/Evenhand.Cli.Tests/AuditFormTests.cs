using System.Text.Json.Nodes;

namespace Evenhand.Cli.Tests;

/// <summary>Files that <c>audit</c> is given in other forms than it expects: read right, or refused with a place; never
/// read wrong without a word. The expected values are worked by hand.</summary>
[TestClass]
public sealed class AuditFormTests
{
    private const double Tolerance = 1e-6;
    private const string CommaRatings = "label\tpred\tg\n4,5\t4,0\ta\n3,0\t3,5\ta\n2,5\t2,5\tb\n5,0\t4,0\tb\n";

    [TestMethod]
    public async Task Audit_DecimalCommas_AreNoThousands()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.tsv", CommaRatings);

        (await RunAsync(file, "--metrics", "rmse")).ShouldRefuse(
            "a.tsv: column 'label', row 1: '4,5' is not a number.", "--decimal ,");
        var read = await AuditAsync(file, "--metrics", "rmse,mae,rmse-difference", "--decimal", ",");

        // Errors .5, -.5, 0, 1: squares .25, .25, 0, 1.
        Assert.AreEqual(Math.Sqrt(1.5 / 4), Metric(read, "rmse"), Tolerance);
        Assert.AreEqual(0.5, Metric(read, "mae"), Tolerance);
        Assert.AreEqual(Math.Sqrt(0.5) - 0.5, (double)read["fairness"]!["rmse-difference(g)"]!["value"]!, Tolerance);
    }

    [TestMethod]
    public async Task Audit_SomeDecimalCommas_AreRefused()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("comma.tsv", "label\tpred\tg\n3,5\t3,0\ta\n4\t4\tb\n2\t3\ta\n");

        (await RunAsync(file)).ShouldRefuse("comma.tsv: column 'label', row 1: '3,5' is not a number");
        Assert.AreEqual(Math.Sqrt(1.25 / 3), Metric(await AuditAsync(file, "--decimal", ","), "rmse"), Tolerance);
    }

    [TestMethod]
    [DataRow("label,pred,g\n1,0,a\n,1,b\n", "a.csv: Column 'label', row 2: the value is missing.")]
    [DataRow("label,pred,g\n1,01,a\n2,2,b\n", "a.csv: Columns 'label' and 'pred' hold '1' and '01'", "--classes")]
    [DataRow("label,pred,g\n", "a.csv: The file has a header and no rows")]
    public async Task Audit_ValuesThatDoNotFit_AreRefusedWithTheirFile(
        string content, string expected, params string[] more)
    {
        using var folder = new TemporaryFolder();
        (await RunAsync([folder.Write("a.csv", content), .. more])).ShouldRefuse(expected);
    }

    [TestMethod]
    public async Task Audit_ScoresWithDecimalCommas_AreRefusedOrRead()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write(
            "a.csv", "label,pred,score,g\n1,1,\"0,9\",a\n0,0,\"0,65\",a\n1,1,\"0,7\",b\n0,1,\"0,55\",b\n");
        string[] args = [file, "--score", "score", "--metrics", "roc-auc"];

        (await RunAsync(args)).ShouldRefuse("a.csv(2,5): column 'score': expected a number, found '0,9'", "decimal");
        Assert.AreEqual(1, Metric(await AuditAsync([.. args, "--decimal", ","]), "roc-auc"));
    }

    [TestMethod]
    public async Task Audit_MinusOneAsFloat_IsAClass()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.csv", "label,pred,g\n1.0,1.0,a\n-1.0,-1.0,a\n1.0,-1.0,b\n-1.0,-1.0,b\n");

        var audit = await AuditAsync(file);

        Assert.AreEqual(0.75, Metric(audit, "accuracy"));
        Assert.AreEqual(0.5, Metric(audit, "recall"));
        Assert.IsNull(audit["metrics"]!["rmse"]);
    }

    [TestMethod]
    public async Task Audit_BlanksAroundValues_AreNoPartOfThem()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.csv", "label, pred, g\n0, 0, a\n1, 1, b \n1, 0, b\n");
        var plain = folder.Write("plain.csv", "label,pred,g\n0,0,a\n1,1,b \n1,0,b\n");

        foreach (var audit in new[] { await AuditAsync(file), await AuditAsync(plain) })
        {
            Assert.AreEqual("a:1 b:2", Counts(audit));
        }
    }

    [TestMethod]
    public async Task Audit_LoneQuotes_SwallowNoRows()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.tsv", "label\tpred\tg\n1\t1\ta\n0\t0\t\"b\n1\t1\tb\"\n0\t1\tc\n");

        var result = (await RunAsync(file)).ShouldSucceed();

        Assert.AreEqual(4, (int)JsonNode.Parse(result.Output)!["rows"]!);
        Assert.AreEqual(0.75, Metric(JsonNode.Parse(result.Output)!, "accuracy"));
        StringAssert.Contains(result.Error, "quotes are read as characters like any other");
        Assert.AreEqual(3, (int)(await AuditAsync(file, "--quotes", "true"))["rows"]!);
    }

    [TestMethod]
    public async Task Audit_QuotedFieldsOverLines_AreFields()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.csv", "label,pred,g\n1,1,\"a\nb\"\n0,1,\"c, \"\"d\"\"\"\n");

        var result = (await RunAsync(file)).ShouldSucceed();

        Assert.AreEqual("a\nb:1 c, \"d\":1", Counts(JsonNode.Parse(result.Output)!));
        Assert.DoesNotContain("quotes", result.Error);
    }

    [TestMethod]
    public async Task Audit_Semicolons_AreFoundWhereTheyAreCertain()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.csv", "label;pred;g\n1;1;a,b\n0;1;c\n");

        var result = (await RunAsync(file)).ShouldSucceed();

        Assert.AreEqual("a,b:1 c:1", Counts(JsonNode.Parse(result.Output)!));
        StringAssert.Contains(result.Error, "fields are taken apart at ';'");
        (await RunAsync(file, "--delimiter", ",")).ShouldRefuse("the header has no column 'label'");
    }

    [TestMethod]
    public async Task Audit_SpellingsOfAGroup_AreOneGroup()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write(
            "a.csv",
            "label,pred,g,n\n0,0,caf\u00e9,1\n1,1,cafe\u0301,1.0\n1,0,\uff34,+1\n1,1,T,2\n"
            + "1,1,co\u2010op,2\n1,1,co-op,2.0\n");

        var result = (await RunAsync(file)).ShouldSucceed();
        var numbers = (await RunAsync(file, "--group", "n")).ShouldSucceed();

        Assert.AreEqual("T:2 caf\u00e9:2 co-op:2", Counts(JsonNode.Parse(result.Output)!));
        Assert.AreEqual("1:3 2:3", Counts(JsonNode.Parse(numbers.Output)!, "n"));
        StringAssert.Contains(result.Error, "is spelled in several ways and counted as one value");
    }

    [TestMethod]
    public async Task Audit_MarkersOfMissingValues_AreNoGroup()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.csv", "label,pred,g\n0,0,f\n1,1,m\n1,0,NaN\n1,0,?\n");

        var result = (await RunAsync(file)).ShouldSucceed();

        Assert.AreEqual("?:1 f:1 m:1", Counts(JsonNode.Parse(result.Output)!));
        StringAssert.Contains(result.Error, "'NaN' is taken for a missing value");
        StringAssert.Contains(result.Error, "say --missing ?");
        Assert.AreEqual("NaN:1 f:1 m:1", Counts(await AuditAsync(file, "--missing", "?")));
    }

    [TestMethod]
    public async Task Audit_Latin1AndComments_AreReadWhenNamed()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("a.csv");
        await File.WriteAllBytesAsync(
            file, System.Text.Encoding.Latin1.GetBytes("# by a tool\nlabel,pred,g\n1,1,caf\u00e9\n0,1,t\n"));

        (await RunAsync(file, "--comment", "#")).ShouldRefuse("a.csv(3,8): byte 0xE9 is not UTF-8", "'encoding'");
        Assert.AreEqual(
            "caf\u00e9:1 t:1", Counts(await AuditAsync(file, "--comment", "#", "--encoding", "iso-8859-1")));
    }

    [TestMethod]
    public async Task Audit_Like_TakesTheFormOfADescriptor()
    {
        using var folder = new TemporaryFolder();
        var descriptor = folder.Write("shop.yaml", """
            name: shop
            title: A shop
            rows:
              files: [{ path: orders.csv }]
              format: { delimiter: ";", decimal: ",", missing: ["-"] }
              columns: [{ name: stars, type: number }]
            """);
        var file = folder.Write("a.csv", "label;pred;g\n4,5;4,0;a\n3,0;3,5;-\n");

        var audit = await AuditAsync(file, "--like", descriptor, "--metrics", "mae");

        Assert.AreEqual(0.5, Metric(audit, "mae"));
        Assert.AreEqual("a:1", Counts(audit));
    }

    [TestMethod]
    [DataRow("--decimal", ";", "--decimal: expected '.' or ','")]
    [DataRow("--encoding", "utf8", "--encoding: unknown encoding 'utf8'. Did you mean 'utf-8'?")]
    [DataRow("--like", "movielens", "no data set 'movielens'")]
    public async Task Audit_FormThatIsNone_IsRefused(string option, string value, string expected)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.csv", "label,pred,g\n1,1,a\n");

        (await RunAsync(file, option, value, "--store", folder.File("none"))).ShouldRefuse(expected);
    }

    [TestMethod]
    public async Task Audit_HalfOfACharacter_IsRefusedWithItsPlace()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write(
            "a.jsonl",
            """
            {"label":1,"pred":1,"g":"x"}
            {"label":0,"pred":0,"g":"cut \ud83d"}

            """);

        (await RunAsync(file)).ShouldRefuse("a.jsonl(2,30): '\\ud83d' is half of a character");
    }

    private static Task<CommandResult> RunAsync(params string[] args) => CommandLine.RunAsync(
        ["audit", .. args, "--label", "label", "--prediction", "pred", .. args.Contains("--group") ? [] : GroupOption,
            "--bootstrap-samples", "0", "--minimum-group-size", "1", "--json"]);

    private static string[] GroupOption => ["--group", "g"];

    private static async Task<JsonNode> AuditAsync(params string[] args) =>
        JsonNode.Parse((await RunAsync(args)).ShouldSucceed().Output)!;

    private static double Metric(JsonNode audit, string name) => (double)audit["metrics"]![name]!["value"]!;

    private static string Counts(JsonNode audit, string attribute = "g") => string.Join(
        ' ', audit["groups"]![attribute]!.AsObject().Select(group => $"{group.Key}:{group.Value!["count"]}"));
}
