using Evenhand.Data;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit.Data;

/// <summary>Loads sets of the catalogue from the public data.</summary>
public static class PublicData
{
    /// <summary>Loads a set; a test without the data says how to get them.</summary>
    public static Dataset Load(string name, out LoadReport report)
    {
        RequireRoot();
        return DatasetLoader.Load(DataCatalogue.Default.Get(name), new LoadOptions(), out report);
    }

    /// <summary>Loads a set.</summary>
    public static Dataset Load(string name) => Load(name, out _);

    /// <summary>The data root.</summary>
    public static string RequireRoot()
    {
        var root = DataRoot.Find();
        if (root is null)
        {
            Assert.Inconclusive(
                "The public data sets are missing: put them into ../shared/data "
                + $"or name their folder in {DataRoot.Variable}.");
        }

        return root!;
    }
}
