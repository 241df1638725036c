namespace Evenhand.Learning.Mitigations.In.ExposureRegularizer;

/// <summary>A penalty on the deviations of the groups' mean scores, in one fit.</summary>
/// <param name="GroupOfItem">Group of each item by its row; negative where unknown.</param>
/// <param name="Groups">Number of groups.</param>
/// <param name="Weight">Its weight against the unobserved weight; above 0.</param>
internal sealed record GroupMeanPenalty(int[] GroupOfItem, int Groups, double Weight);
