namespace Evenhand.Architecture.Tests.Fixtures.Named;

public interface IConstraint;
