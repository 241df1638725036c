using Evenhand.Configuration.Yaml;
using Evenhand.Learning;

namespace Evenhand.Experiments.Tasks;

/// <summary>What an experiment predicts, from what.</summary>
/// <param name="Kind">Which of the tasks it is.</param>
/// <param name="Input">What it is predicted from.</param>
/// <param name="Target">What is predicted.</param>
internal sealed record PredictionTask(TaskKind Kind, TaskInput Input, TaskTarget Target)
{
    /// <summary>Name in experiment files.</summary>
    public string Name => YamlNames.Value(Kind);

    /// <summary>What a row must have to be learned from or measured, to follow "no".</summary>
    public string RowNeeds
    {
        get
        {
            string[] needs = [.. Input.RowNeeds, .. Target.NeedsLabel ? ["label"] : Array.Empty<string>()];
            return needs.Length == 1 ? needs[0] : $"{string.Join(", ", needs[..^1])} or {needs[^1]}";
        }
    }

    /// <summary>What is wrong with a label of that type, to follow "The label 'x' of 'y' "; null where it
    /// fits.</summary>
    public string? LabelProblem(Evenhand.Data.Descriptors.ColumnType label) => Target.LabelProblem(label, this);
}
