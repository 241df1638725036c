using Evenhand.Configuration;
using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>An immutable fitted model. Safe to use from many threads at once.</summary>
public abstract class Model
{
    /// <summary>Name of the learner that fitted it, as the catalogue has it.</summary>
    public abstract string LearnerName { get; }

    /// <summary>Under which name its reader is known: its learner's, unless it is a model around another.</summary>
    public virtual string ModelKind => LearnerName;

    /// <summary>Predicts one value for each row, in row order; never NaN.</summary>
    /// <remarks>
    /// Users, items and text are matched by their values, not by codes, so data from another file works; unknown
    /// users and items fall back to what is known without them.
    /// </remarks>
    /// <exception cref="InputException">The data lacks a column that the model needs.</exception>
    public abstract Predictions Predict(Dataset data, CancellationToken cancellationToken = default);

    /// <summary>Writes the model's state: all that its reader needs to make a model that predicts the same bits.
    /// <see cref="ModelFile"/> adds the envelope (name, version, checksum).</summary>
    /// <param name="writer">Takes the state, by names of the model's own.</param>
    public abstract void Write(ModelWriter writer);
}
