namespace Evenhand.Learning.Mitigations;

/// <summary>Where in the making of a model a mitigation acts.</summary>
public enum MitigationStage
{
    /// <summary>On the training rows, before the learner sees them.</summary>
    Pre,

    /// <summary>In the learner's own loss or sampling.</summary>
    In,

    /// <summary>On what the fitted model predicts.</summary>
    Post,
}
