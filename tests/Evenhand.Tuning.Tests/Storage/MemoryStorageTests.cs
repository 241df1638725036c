using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Storage;

namespace Evenhand.Tuning.Tests.Storage;

[TestClass]
public sealed class MemoryStorageTests : StorageConformance
{
    protected override StudyStorage OpenEmpty() => new MemoryStorage();

    protected override StudyStorage OpenAgain(StudyStorage storage) => ((MemoryStorage)storage).Share();
}
