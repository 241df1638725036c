using Evenhand.Configuration;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.TestKit.Data;

namespace Evenhand.Data.Tests.Catalogue;

/// <summary>Loads every set of the catalogue. The expected numbers are those that the publishers or the notes to the
/// data state, or were counted with Python's csv module, never with our own reader.</summary>
[TestClass]
public sealed class CatalogueTests
{
    /// <summary>Name, rows, users, items, rows labelled 1 or the sum of ratings, and groups with the members of
    /// some.</summary>
    private static IEnumerable<object[]> Sets()
    {
        static object[] Set(
            string name,
            int rows,
            int? users,
            int? items,
            double? labels,
            params (string Group, string Members)[] groups) =>
            [name, rows, users!, items!, labels!, groups];

        yield return Set("adult", 48_842, null, null, 11_687, ("sex", "male 32650, female 16192"),
            ("race", "White 41762, Black 4685"));
        yield return Set("amazon-musical-instruments", 10_261, 1_429, 900,
            (5 * 6938) + (4 * 2084) + (3 * 772) + (2 * 250) + 217,
            ("activity", "most-active 286"));
        yield return Set("amazon-musical-instruments/sentiment", 10_261, 1_429, 900, 6938 + 2084);
        yield return Set("bank-marketing", 45_211, null, null, 5_289,
            ("marital-status", "married 27214, divorced 5207"), ("education", "primary 6851"));
        yield return Set("bank-marketing/small", 4_521, null, null, 521, ("job", "student 84"));
        yield return Set("cdnow", 69_659, 23_570, null, null);
        yield return Set("compas", 6_172, null, null, 2_809,
            ("race", "African-American 3175, Caucasian 2103, Native American 11"), ("sex", "male 4997, female 1175"));
        yield return Set("compas/all-rows", 7_214, null, null, 3_251, ("race", "African-American 3696"),
            ("age-band", "25-45 4109, over 45 1576, under 25 1529"));
        yield return Set("complete-journey", 75_000, 2_377, 20_902, null, ("age", "45-54 288, 65+ 72, 19-24 46"),
            ("marital-status", "Married 340"));
        yield return Set("complete-journey/spend", 75_000, 2_377, 20_902, null);
        yield return Set("complete-journey/campaigns", 6_589, 1_559, 27, null);
        yield return Set("complete-journey/redemptions", 2_102, 410, 26, null);
        yield return Set("german-credit", 1_000, null, null, 700, ("sex", "male 690, female 310"),
            ("foreign-worker", "not a foreign worker 37"));
        yield return Set("hotel-reviews-gender", 5_994, null, null, 1_998, ("gender", "female 2997, male 2997"));
        yield return Set("hotel-reviews-gender/polar", 3_996, null, null, 1_998, ("gender", "female 1998, male 1998"));
        yield return Set("hotel-reviews-gender/classes", 5_994, null, null, null, ("gender", "female 2997, male 2997"));
        yield return Set("insteval", 73_421, 2_972, 1_128,
            10186 + (2 * 12951) + (3 * 17609) + (4 * 16921) + (5 * 15754),
            ("service", "own department 41638, service 31783"), ("recency", "1 (latest) 20125, 6 (longest ago) 11104"));
        yield return Set("iranian-churn", 3_150, null, null, 495, ("age-group", "30 1425, 55 170"),
            ("tariff-plan", "contract 245"));
        yield return Set("iranian-churn/value", 3_150, null, null, null);
        yield return Set("marketing-campaign", 2_240, null, null, 334, ("education", "PhD 486"),
            ("marital-status", "Single 483, Widow 77"));
        yield return Set("ml-100k", 100_000, 943, 1_682, 352_986, ("gender", "male 670, female 273"));
        yield return Set("ml-1m-part", 487_650, 2_999, 3_615, null, ("gender", "male 2178, female 821"));
        yield return Set("ml-1m-part/five-genres", 474_582, 6_039, 1_240,
            26267 + (2 * 53868) + (3 * 129112.0) + (4 * 164353) + (5 * 100982), ("gender", "male 4330, female 1709"));
        yield return Set("multilingual-hate-speech", 4_044 + 867 + 867, null, null, 759 + 132 + 238,
            ("ethnicity", "1 38"), ("gender", "0 1678, 1 764"));
        yield return Set("multilingual-hate-speech/english", 12_681 + 12_682, null, null, 2_971 + 9_197,
            ("gender", "0 7523, 1 8176"));
        yield return Set("multilingual-hate-speech/polish", 7_643 + 1_638 + 1_638, null, null, 472 + 272 + 233,
            ("country", "0 21"));
        yield return Set("multilingual-hate-speech/portuguese", 1_328 + 285 + 285, null, null, 206 + 67 + 112);
        yield return Set("multilingual-hate-speech/spanish", 3_448 + 739 + 739, null, null, 1_379 + 285 + 288);
        yield return Set("online-retail", 397_924, 4_339, 3_665, null);
        yield return Set("online-retail/spend", 397_924, 4_339, 3_665, null);
        yield return Set("online-retail/all-lines", 541_909, 4_372, 4_070, null);
        yield return Set("online-shoppers", 12_330, null, null, 1_908, ("region", "1 4780, 5 318"),
            ("visitor-type", "Other 85"));
        yield return Set("online-shopping-10-cats", 62_774, null, null, 31_728,
            ("category", "water heaters 575, hotels 10000"));
        yield return Set("online-shopping-10-cats/categories", 62_774, null, null, null, ("opinion", "positive 31728"));
        yield return Set("rent-the-runway", 192_544 - 82, null, 5_850,
            (2 * 1046) + (4 * 2791) + (6 * 10697) + (8 * 53391.0) + (10 * 124537));
        yield return Set("rent-the-runway/fit", 192_544, 105_571, 5_850, 142_058, ("rented-for", "wedding 57784"));
        yield return Set("skytrax", 2_264, null, null, 816, ("country", "United Kingdom 471"),
            ("lounge-type", "Business Class 1700"));
        yield return Set("skytrax/seat", 1_258, null, null, 458, ("cabin", "Economy 1067"));
        yield return Set("telco-churn", 7_043, null, null, 1_869, ("gender", "male 3555, female 3488"),
            ("senior", "senior 1142"));
        yield return Set("tripadvisor-v2", 14_175, 2_371, 2_269, 236 + (2 * 663) + (3 * 2012) + (4 * 5261) + (5 * 6003),
            ("trip-type", "SOLO 2997, FRIENDS 762"));
        yield return Set("womens-clothing-reviews", 23_486, null, 1_206, 19_314,
            ("department", "Tops 10468, Trend 119"));
        yield return Set("womens-clothing-reviews/rating", 23_486, null, 1_206, 5_077 + 13_131);
    }

    [TestMethod]
    [DynamicData(nameof(Sets))]
    public void Load_SetOfTheCatalogue_HasTheKnownNumbers(
        string name, int rows, int? users, int? items, double? labels, (string Group, string Members)[] groups)
    {
        var data = PublicData.Load(name, out var report);
        Assert.AreEqual(name, data.Name);
        Assert.AreEqual(rows, data.RowCount, "rows");
        Assert.AreEqual(0, report.BadRowCount);
        Assert.AreEqual(users, users is null ? null : data.UserColumn!.Vocabulary.Count, "users");
        Assert.AreEqual(items, items is null ? null : data.ItemColumn!.Vocabulary.Count, "items");
        Assert.DoesNotContain(note => note.Contains("SHA-256", StringComparison.Ordinal), report.Notes, "checksums");
        if (labels is not null)
        {
            var label = (NumericColumn)data.Label!;
            Assert.AreEqual(0, label.MissingCount);
            Assert.AreEqual(labels.Value, label.Values.ToArray().Sum(), 1e-6, "labels");
        }

        var descriptor = DataCatalogue.Default.Get(name);
        if (descriptor.Tasks.Contains(DatasetTask.TextClassification) && data.UserColumn is null)
        {
            Assert.IsNotNull(data.Text);
        }

        foreach (var (group, members) in groups)
        {
            var attribute = data.FindGroup(group)!;
            var codes = attribute.Column.Codes.ToArray();
            foreach (var expected in members.Split(", "))
            {
                var last = expected.LastIndexOf(' ');
                var code = attribute.Column.Vocabulary.CodeOf(expected.AsSpan(0, last));
                Assert.AreEqual(
                    expected[(last + 1)..], $"{codes.Count(c => c == code)}", $"{group}: {expected[..last]}");
            }
        }
    }

    [TestMethod]
    public void Names_OfTheCatalogue_AreAllTested()
    {
        var tested = Sets().Select(s => (string)s[0]).ToList();
        CollectionAssert.AreEquivalent(DataCatalogue.Default.Names.ToArray(), tested);
        Assert.HasCount(22, DataCatalogue.Default.Descriptors);
    }

    [TestMethod]
    public void Descriptors_OfTheCatalogue_SayWhatTheyAreAndHowToGetThem()
    {
        foreach (var set in DataCatalogue.Default.Descriptors)
        {
            Assert.IsTrue(set.Description.Length > 20 && set.Licence.Length > 0 && set.Citation.Length > 0, set.Name);
            Assert.IsTrue(set.Tasks.Count > 0 && set.Traps.Count > 0 && set.Homepage is not null, set.Name);
            Assert.IsTrue(set.Downloads.Count > 0 || set.Obtain.Length > 0, set.Name);
        }
    }

    [TestMethod]
    public void Load_OnePart_HasItsRows()
    {
        PublicData.RequireRoot();
        var adult = DataCatalogue.Default.Get("adult");
        var train = DatasetLoader.Load(adult, new LoadOptions { Part = "train" });
        var test = DatasetLoader.Load(adult, new LoadOptions { Part = "test" });
        Assert.AreEqual((32_561, 16_281), (train.RowCount, test.RowCount));
        Assert.AreEqual(7_841.0, ((NumericColumn)train.Label!).Values.ToArray().Sum());
        Assert.AreEqual(3_846.0, ((NumericColumn)test.Label!).Values.ToArray().Sum());
        Assert.AreEqual(1_836, train.Rows["workclass"].MissingCount);
        var error = Assert.ThrowsExactly<InputException>(
            () => DatasetLoader.Load(adult, new LoadOptions { Part = "tests" }));
        Assert.Contains("Did you mean 'test'?", error.Message);
    }

    [TestMethod]
    public void Load_RentTheRunway_TakesImpossibleAgesAsMissing()
    {
        var data = PublicData.Load("rent-the-runway", out var report);
        Assert.AreEqual((192_544L, 82L), (report.RowsRead, report.RowsFiltered));
        var ages = ((NumericColumn)data.Users!["age"]).Values.ToArray().Where(a => !double.IsNaN(a)).ToList();
        Assert.IsTrue(ages.Min() >= 15 && ages.Max() <= 90);
        Assert.IsNull(data.Rows.Find("age"));
    }

    [TestMethod]
    public void Load_WomensClothing_JoinsTitleAndReview()
    {
        var data = PublicData.Load("womens-clothing-reviews");
        Assert.AreEqual(844, data.Text!.MissingCount);
        Assert.AreEqual(845, data.Rows["review"].MissingCount);
        Assert.StartsWith("Some major design flaws. I had such high hopes", data.Text.Values[2]);
        Assert.AreEqual(14, data.Rows["division"].MissingCount);
    }

    [TestMethod]
    public void Load_MovieLens_ReadsTitlesInLatin1()
    {
        var titles = ((TextColumn)PublicData.Load("ml-100k").Items!["title"]).Values.ToArray();
        Assert.AreEqual(9, titles.Count(t => t!.Any(c => c > 127)));
        Assert.IsTrue(titles.All(t => !t!.Contains('\uFFFD')));
    }

    [TestMethod]
    public void Load_HateSpeech_DropsThePadding()
    {
        var text = PublicData.Load("multilingual-hate-speech").Text!;
        Assert.AreEqual("3 3 3 3 27 663 9 41 12 17 5526 7 1778 5 87 36 10 835 1027 56 1164 2153", text.Values[0]);
    }

    [TestMethod]
    public void Get_UnknownSet_NamesTheNearest()
    {
        var error = Assert.ThrowsExactly<InputException>(() => DataCatalogue.Default.Get("ml-100"));
        Assert.Contains("Did you mean 'ml-100k'?", error.Message);
        error = Assert.ThrowsExactly<InputException>(() => DataCatalogue.Default.Get("skytrax/seats"));
        Assert.Contains("Did you mean 'seat'?", error.Message);
    }
}
