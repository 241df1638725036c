using Evenhand.Experiments.Studies;

namespace Evenhand.Experiments.Tests.Studies;

[TestClass]
public sealed class StudyFolderCheckpointTests
{
    [TestMethod]
    public void DropCheckpoints_OfATrial_LeavesThoseOfOthers()
    {
        var path = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");
        var folder = new StudyFolder(path);
        try
        {
            foreach (var trial in new[] { 1, 11 })
            {
                Directory.CreateDirectory(folder.Checkpoints(trial));
                File.WriteAllText(Path.Combine(folder.Checkpoints(trial), "state"), "");
            }

            folder.DropCheckpoints(1);
            folder.DropCheckpoints(2);

            Assert.IsFalse(Directory.Exists(folder.Checkpoints(1)));
            Assert.IsTrue(File.Exists(Path.Combine(folder.Checkpoints(11), "state")));
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
