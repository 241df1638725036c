using Evenhand.Configuration.Yaml;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Tests.Catalogue;

/// <summary>docs/data.md names every key of a descriptor, and no other.</summary>
[TestClass]
public sealed class DataPageTests
{
    [TestMethod]
    [DataRow("## Keys of a descriptor", typeof(DatasetDescriptor))]
    [DataRow("### Tables", typeof(TableDescriptor))]
    [DataRow("### Files", typeof(FileDescriptor))]
    [DataRow("### Format", typeof(TableFormat))]
    [DataRow("### Columns", typeof(ColumnDescriptor))]
    [DataRow("### Filters", typeof(RowFilter), typeof(CoreFilter), typeof(SampleFilter))]
    [DataRow("### Label", typeof(LabelDescriptor))]
    [DataRow("### Groups", typeof(GroupsDescriptor))]
    [DataRow("### Downloads", typeof(DownloadDescriptor))]
    [DataRow("### Variants", typeof(VariantDescriptor))]
    [DataRow("### Derived columns", typeof(DerivedColumn), typeof(FrequencyBands))]
    public void Page_Section_NamesTheKeysOfTheRecord(string heading, params Type[] records)
    {
        var page = File.ReadAllText(FindPage());
        var start = page.IndexOf("\n" + heading, StringComparison.Ordinal) + 1;
        var end = page.IndexOf("\n##", start, StringComparison.Ordinal);
        var section = page[start..(end < 0 ? page.Length : end)];
        var named = section.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1]);
        var keys = records.SelectMany(r => YamlShape.Of(r).Keys).Select(k => k.Name);
        CollectionAssert.AreEquivalent(keys.ToArray(), named.ToArray());
    }

    private static string FindPage()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "data.md");
            if (File.Exists(page))
            {
                return page;
            }
        }

        throw new FileNotFoundException("docs/data.md is not above the tests.");
    }
}
