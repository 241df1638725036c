using Evenhand.Configuration;
using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>An immutable fitted model. Safe to use from many threads at once.</summary>
public abstract class Model
{
    /// <summary>Name of the learner that fitted it, as the registry has it.</summary>
    public abstract string LearnerName { get; }

    /// <summary>Name of what reads the model from a file: its learner, or a <see cref="ModelFormat"/> where it is a model
    /// around others.</summary>
    /// <value>Default: <see cref="LearnerName"/>.</value>
    public virtual string FormatName => LearnerName;

    /// <summary>Predicts one value for each row, in row order; never NaN.</summary>
    /// <remarks>
    /// Users, items and text are matched by their values, not by codes, so data from another file works; unknown
    /// users and items fall back to what is known without them.
    /// </remarks>
    /// <exception cref="InputException">The data lacks a column that the model needs.</exception>
    public abstract Predictions Predict(Dataset data, CancellationToken cancellationToken = default);

    /// <summary>Writes the model's state, which <see cref="LearnerDescriptor.Read"/> reads again; <see cref="ModelFile"/>
    /// adds the envelope (name, version, checksum).</summary>
    /// <param name="writer">Takes the state.</param>
    public abstract void Write(ModelWriter writer);
}
