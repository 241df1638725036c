namespace Evenhand.Learning;

/// <summary>A fit left the finite numbers: the options are allowed but do not suit the data (mostly too large a
/// step).</summary>
/// <remarks>It concerns one fit, not the data: a study marks the trial as failed and goes on.</remarks>
public sealed class DivergenceException : Exception
{
    /// <summary>An error with a message that says where it happened and which option to change.</summary>
    public DivergenceException(string message)
        : base(message)
    {
    }
}
