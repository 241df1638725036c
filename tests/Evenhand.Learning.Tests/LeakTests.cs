using System.Reflection;
using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Identity.Lexicons;
using Evenhand.Data.Splits;
using Evenhand.Learning.Mitigations;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests;

/// <summary>Every learner and every mitigation of the catalogues, in every split: what validation and test rows hold
/// shows nowhere in a model.</summary>
[TestClass]
public sealed class LeakTests
{
    private const string Terms = "mentions";

    private static readonly string Table = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}.csv");

    public static IEnumerable<object[]> Learners =>
        from learner in TestRegistry.Shared.All<LearnerDescriptor>()
        from task in learner.Tasks
        where Serves(learner, task)
        select new object[] { learner.Name, task };

    public static IEnumerable<object[]> Mitigations =>
        from mitigation in TestRegistry.Shared.All<MitigationDescriptor>()
        from task in mitigation.Tasks
        where LearnerFor(mitigation, task) is not null
        select new object[] { mitigation.Name, task };

    [ClassInitialize]
    public static void WriteTable(TestContext _) =>
        File.WriteAllLines(Table, ["term,synonym,text,paraphrase", "good,fine,good good,fine fine", "red,crimson,a,b"]);

    [ClassCleanup]
    public static void DeleteTable() => File.Delete(Table);

    [TestMethod]
    [DynamicData(nameof(Learners))]
    public void Fit_OtherRowsInLaterParts_GivesTheSameModel(string learner, TaskKind task) =>
        LeakConformance.Check(task, () => LeakConformance.Create(TestRegistry.Shared.Get<LearnerDescriptor>(learner)));

    [TestMethod]
    [DynamicData(nameof(Mitigations))]
    public void Fit_MitigatedWithOtherRowsInLaterParts_GivesTheSameModel(string mitigation, TaskKind task)
    {
        var descriptor = TestRegistry.Shared.All<MitigationDescriptor>().Single(m => m.Name == mitigation);
        LeakConformance.Check(
            task,
            () => Around(Create(descriptor), LearnerFor(descriptor, task)!),
            split => split.Train.Text is null ? split : IdentityGroups.AddTo(
                split, Terms, LexiconFile.Get("gender"), CancellationToken.None));
    }

    [TestMethod]
    public void Mitigations_OfTheCatalogue_AreAllTriedHereOrInTheTestsOfDeepModels()
    {
        var tried = Mitigations.Select(m => (string)m[0]).ToHashSet();
        CollectionAssert.AreEquivalent(
            new[] { "adversarial-debiasing" },
            TestRegistry.Shared.All<MitigationDescriptor>().Select(m => m.Name).Where(name => !tried.Contains(name)).ToArray());
    }

    private static bool Serves(LearnerDescriptor learner, TaskKind task) =>
        LeakConformance.Create(learner).UntypedOptions.Serves(task);

    private static Learner? LearnerFor(MitigationDescriptor mitigation, TaskKind task) => TestRegistry.Shared.All<LearnerDescriptor>()
        .Where(learner => learner.Tasks.Contains(task) && !learner.TakesMembers && Serves(learner, task))
        .Select(learner => LeakConformance.Create(learner))
        .FirstOrDefault(learner => Create(mitigation) is not InMitigation during || learner.Supports(during));

    private static MitigatedLearner Around(Evenhand.Learning.Mitigation mitigation, Learner learner) => new(
        learner, mitigation as PreMitigation, mitigation as InMitigation, mitigation as PostMitigation);

    // Each group that it asks for is one that is derived from several rows.
    private static Evenhand.Learning.Mitigation Create(MitigationDescriptor descriptor)
    {
        var options = LeakConformance.Quick(descriptor.CreateDefaultOptions());
        foreach (var property in options.GetType().GetProperties().Where(p => p.PropertyType == typeof(string)))
        {
            if (property.GetCustomAttribute<FilePathAttribute>() is not null)
            {
                property.SetValue(options, Table);
            }
            else if (property.GetCustomAttribute<GroupNameAttribute>() is { } group)
            {
                property.SetValue(options, group.OfTerms ? Terms
                    : group.Sides.Contains(GroupSide.Item) ? "popularity"
                    : group.Sides.Contains(GroupSide.User) ? "activity"
                    : "author");
            }
            else if (property.Name.Contains("Protected", StringComparison.Ordinal))
            {
                property.SetValue(options, "rare");
            }
        }

        return descriptor.Create(options);
    }
}
