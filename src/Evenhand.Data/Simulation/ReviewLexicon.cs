using Evenhand.Data.Columns;

namespace Evenhand.Data.Simulation;

/// <summary>What simulated reviews are made of.</summary>
internal static class ReviewLexicon
{
    /// <summary>Kinds of items, with words for them and for what people notice about them.</summary>
    public static IReadOnlyList<ReviewCategory> Categories { get; } =
    [
        new("backpack", ["backpack", "rucksack", "bag"], ["zip", "fabric", "strap", "size", "stitching"]),
        new("kettle", ["kettle", "jug"], ["lid", "handle", "spout", "switch", "cord"]),
        new("lamp", ["lamp", "light"], ["brightness", "shade", "base", "dimmer", "cable"]),
        new("novel", ["novel", "book", "story"], ["plot", "ending", "language", "dialogue", "cover"]),
        new("headphones", ["headset", "pair of headphones"], ["sound", "battery", "microphone", "cushion", "volume"]),
        new("jacket", ["jacket", "coat"], ["lining", "colour", "collar", "cut", "pocket"]),
        new("tent", ["tent", "shelter"], ["groundsheet", "entrance", "ventilation", "weight", "pole set"]),
        new("coffee", ["coffee", "roast"], ["aroma", "taste", "packaging", "grind", "aftertaste"]),
    ];

    /// <summary>Names of the categories.</summary>
    public static Vocabulary CategoryNames { get; } = new(Categories.Select(c => c.Name));

    /// <summary>Words of praise.</summary>
    public static IReadOnlyList<string> Praise { get; } =
    [
        "good", "great", "lovely", "excellent", "pleasant", "solid", "delightful", "superb", "charming", "fine",
        "reliable", "beautiful", "clever", "impressive", "perfect", "splendid",
    ];

    /// <summary>Words of blame.</summary>
    public static IReadOnlyList<string> Blame { get; } =
    [
        "bad", "poor", "awful", "dreadful", "cheap", "flimsy", "disappointing", "terrible", "clumsy", "weak",
        "annoying", "ugly", "useless", "dull", "shoddy", "horrible",
    ];

    /// <summary>Put before a word, to strengthen or weaken it.</summary>
    public static IReadOnlyList<string> Degrees { get; } =
        ["", "", "", "really ", "very ", "rather ", "quite ", "truly "];

    /// <summary>Put before a word of the opposite meaning, to deny it.</summary>
    public static IReadOnlyList<string> Denials { get; } =
        ["not ", "not at all ", "hardly ", "anything but ", "far from "];

    /// <summary>Sentences with an opinion: {0} is what is noticed, {1} the thing, {2} the opinion.</summary>
    public static IReadOnlyList<string> Opinions { get; } =
    [
        "The {0} is {2}.", "I find the {0} {2}.", "The {0} turned out {2}.", "To my mind the {0} is {2}.",
        "As for the {0}, it is {2}.", "The {0} of this {1} is {2}.", "After a week the {0} still seems {2}.",
        "Everyone at home calls the {0} {2}.",
    ];

    /// <summary>Sentences without an opinion: {0} is the thing.</summary>
    public static IReadOnlyList<string> Asides { get; } =
    [
        "I bought this {0} in spring.", "It came as a present from my sister.", "I have had the {0} for three weeks.",
        "My old {0} broke last year.", "I ordered it with a few other things.", "The parcel arrived on a Tuesday.",
        "A colleague told me about this {0}.", "This is my second {0}.",
    ];
}
