using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Text.Distillation;

/// <summary>Options of <see cref="DistillationLearner"/>.</summary>
public sealed record DistillationOptions : LearnerOptions
{
    /// <summary>What the teacher's log-odds and logits are divided by. Above 1 its probabilities are softer, which
    /// tells more of the classes that it thinks less probable; those of the student are softer then, too.</summary>
    /// <value>1</value>
    [Range(0.1, 100.0)]
    [SearchRange(1, 5, Log = true)]
    public double Temperature { get; init; } = 1;

    /// <summary>Share of the teacher's probabilities in the target of a row; the rest is the row's own label.</summary>
    /// <value>0.8</value>
    [Range(0.01, 1.0)]
    [SearchRange(0.3, 1)]
    public double SoftShare { get; init; } = 0.8;

    /// <summary>In how many parts the training rows are divided, each of which is told by a teacher that was fitted on
    /// the others; 1 for one teacher that tells the rows it has learned from. It costs as many fits of the teacher, and
    /// pays off where the teacher knows its own training rows by heart.</summary>
    /// <value>1</value>
    [Range(1, 50)]
    public int NumberOfFolds { get; init; } = 1;

    /// <summary>Classes with a smaller share in the target of a row are left out of it, and the others share what they
    /// had: the student then reads fewer copies of a text.</summary>
    /// <value>0.001</value>
    [Range(0.0, 0.2)]
    public double MinimumShare { get; init; } = 0.001;
}
