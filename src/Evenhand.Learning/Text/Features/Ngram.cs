using Evenhand.Data.Text;

namespace Evenhand.Learning.Text.Features;

/// <summary>One n-gram where it stands.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Span">Its characters.</param>
internal readonly record struct Ngram(ulong Hash, TextSpan Span);
