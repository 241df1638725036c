namespace Evenhand.Configuration;

/// <summary>Something that is wrong with the values of an options record.</summary>
/// <param name="Path">Keys in camelCase from the record on, joined by dots, such as <c>split.train</c>; empty where it
/// is about the record as a whole.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public readonly record struct OptionProblem(string Path, string Message);
