using Evenhand.Configuration;

namespace Evenhand.Learning;

/// <summary>Base of the options of all learners.</summary>
public abstract record LearnerOptions : OptionsRecord
{
    /// <summary>Whether models fitted with these options predict what the task asks for.</summary>
    /// <param name="task">One of the tasks of the learner.</param>
    /// <returns>True, unless an option decides between tasks.</returns>
    public virtual bool Serves(TaskKind task) => true;
}
