namespace Evenhand.Tuning.Parts;

/// <summary>A part of a study that files name and strangers may write: how configurations are proposed, when trials are
/// ended.</summary>
public interface IStudyPart
{
    /// <summary>What it is called in messages, such as <c>sampler</c>.</summary>
    static abstract string Kind { get; }
}
