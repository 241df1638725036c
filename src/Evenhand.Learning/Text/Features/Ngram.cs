using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>One n-gram where it stands.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Span">Its characters.</param>
internal readonly record struct Ngram(ulong Hash, TextSpan Span);
