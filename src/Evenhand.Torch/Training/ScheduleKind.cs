namespace Evenhand.Torch.Training;

/// <summary>How the learning rate falls after the warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>In a straight line to 0 after the last step.</summary>
    Linear,

    /// <summary>Along half a cosine to 0 after the last step (Loshchilov and Hutter 2017).</summary>
    Cosine,

    /// <summary>Not at all.</summary>
    Constant,
}
