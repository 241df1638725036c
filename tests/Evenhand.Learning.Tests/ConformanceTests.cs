using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests;

[TestClass]
public sealed class ConformanceTests : LearnerConformance<LearnerCases>;
