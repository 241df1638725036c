using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Data.Tests.Configuration;

[TestClass]
public sealed class OptionsValidatorTests
{
    [TestMethod]
    public void Problems_Defaults_AreNone() => Assert.IsEmpty(OptionsValidator.Problems(new Outer()));

    [TestMethod]
    public void Problems_EachAnnotation_HasItsPathAndMessage()
    {
        var options = new Outer
        {
            Rank = 0,
            Share = 1,
            Name = "A-B",
            Codes = [],
            Unit = (DayOfWeek)9,
            Inner = new Inner { Low = 3, High = 2 },
        };
        OptionProblem[] expected =
        [
            new("rank", "rank is 0; it must be at least 1."),
            new("share", "share is 1; it must be at least 0 and less than 1."),
            new("name", "name is A-B; it must be small letters."),
            new("codes", "codes must not be empty."),
            new("unit", "unit is 9; it must be one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday."),
            new("inner.low", "3 is above high"),
            new("", "a whole that is wrong"),
        ];
        CollectionAssert.AreEqual(expected, OptionsValidator.Problems(options).ToArray());
    }

    [TestMethod]
    [DataRow(double.NaN)]
    [DataRow(-0.1)]
    [DataRow(double.PositiveInfinity)]
    public void Problems_ShareOutOfRange_AreFound(double share) =>
        Assert.AreEqual("share", OptionsValidator.Problems(new Outer { Share = share }).Single().Path);

    [TestMethod]
    public void Check_Section_StartsEachLine()
    {
        var options = new Outer { Share = 2, Inner = new Inner { Low = 3, High = 2 } };
        var message = Assert.ThrowsExactly<InputException>(() => OptionsValidator.Check(options, "outer")).Message;
        Assert.AreEqual(
            "outer.share: share is 2; it must be at least 0 and less than 1.\nouter.inner.low: 3 is above high",
            message);
    }

    private sealed record Outer : IOptionsRecord
    {
        [Range(1, int.MaxValue)]
        public int Rank { get; init; } = 1;

        [Range(0.0, 1.0, MaximumIsExclusive = true)]
        public double? Share { get; init; }

        [RegularExpression("[a-z]+", ErrorMessage = "must be small letters")]
        public string Name { get; init; } = "a";

        [MinLength(1)]
        public IReadOnlyList<int> Codes { get; init; } = [1];

        public DayOfWeek Unit { get; init; }

        public Inner Inner { get; init; } = new();

        public IEnumerable<OptionProblem> Contradictions() =>
            Rank == 0 ? [new OptionProblem("", "a whole that is wrong")] : [];
    }

    private sealed record Inner : IOptionsRecord
    {
        public int Low { get; init; }

        public int High { get; init; } = 1;

        public IEnumerable<OptionProblem> Contradictions() =>
            Low > High ? [new OptionProblem("low", $"{Low} is above high")] : [];
    }
}
