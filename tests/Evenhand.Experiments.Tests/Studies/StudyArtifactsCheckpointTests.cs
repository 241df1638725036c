using Evenhand.Experiments.Studies;
using Evenhand.Tuning.Artifacts;

namespace Evenhand.Experiments.Tests.Studies;

[TestClass]
public sealed class StudyArtifactsCheckpointTests
{
    [TestMethod]
    public void DropCheckpoints_OfATrial_LeavesThoseOfOthers()
    {
        var path = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");
        var artifacts = new StudyArtifacts(new FolderArtifacts(path), "study");
        try
        {
            foreach (var trial in new[] { 1, 11 })
            {
                Directory.CreateDirectory(artifacts.Checkpoints(trial));
                File.WriteAllText(Path.Combine(artifacts.Checkpoints(trial), "state"), "");
            }

            artifacts.DropCheckpoints(1);
            artifacts.DropCheckpoints(2);

            Assert.IsFalse(Directory.Exists(artifacts.Checkpoints(1)));
            Assert.IsTrue(File.Exists(Path.Combine(artifacts.Checkpoints(11), "state")));
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
