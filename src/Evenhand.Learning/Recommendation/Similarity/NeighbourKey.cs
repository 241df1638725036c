namespace Evenhand.Learning.Recommendation.Similarity;

/// <summary>A neighbour in 64 bits, so that sorting numbers puts the most similar first and equally similar ones in the
/// order of their codes.</summary>
internal static class NeighbourKey
{
    /// <param name="similarity">Positive: the bits of positive floats ascend with their values.</param>
    /// <param name="code">Code of the user or item; not negative.</param>
    public static ulong Of(float similarity, int code) =>
        ((ulong)~BitConverter.SingleToUInt32Bits(similarity) << 32) | (uint)code;

    public static float SimilarityOf(ulong key) => BitConverter.UInt32BitsToSingle(~(uint)(key >> 32));

    public static int CodeOf(ulong key) => (int)(uint)key;
}
