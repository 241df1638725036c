namespace Evenhand.Learning.Text.Features;

/// <summary>Words that are left out of features.</summary>
public enum StopWordList
{
    /// <summary>None.</summary>
    None,

    /// <summary>English words that carry grammar; negations are not among them.</summary>
    English,

    /// <summary>Chinese characters that carry grammar; negations are not among them.</summary>
    Chinese,

    /// <summary>Both lists.</summary>
    EnglishAndChinese,
}
