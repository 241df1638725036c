namespace Evenhand.Architecture.Tests.Fixtures.Named;

public sealed class InBody;
