namespace Evenhand.Learning.Text.Features;

/// <summary>The lists of stop words, as hashes of words.</summary>
internal static class StopWords
{
    private static readonly Lazy<HashSet<ulong>> English = new(() => Read("english"));
    private static readonly Lazy<HashSet<ulong>> Chinese = new(() => Read("chinese"));
    private static readonly Lazy<HashSet<ulong>> Both = new(() => [.. English.Value, .. Chinese.Value]);

    /// <summary>The hashes of a list's words; null for no list.</summary>
    public static HashSet<ulong>? Of(StopWordList list) => list switch
    {
        StopWordList.English => English.Value,
        StopWordList.Chinese => Chinese.Value,
        StopWordList.EnglishAndChinese => Both.Value,
        _ => null,
    };

    private static HashSet<ulong> Read(string name) =>
        [.. TextResource.Lines($"stop-words-{name}.txt").Select(word => NgramHasher.HashWord(word))];
}
