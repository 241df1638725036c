using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning;

/// <summary>A means against unfairness, made from its options. It acts at one stage: see
/// <see cref="PreMitigation"/>, <see cref="InMitigation"/> and <see cref="PostMitigation"/>.</summary>
public abstract class Mitigation
{
    private protected Mitigation()
    {
    }

    /// <summary>Name in experiment files, in kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>The group attributes that must be known of a user or an item when predictions are made; empty where
    /// they are needed in training only.</summary>
    public virtual IReadOnlyList<string> ServingAttributes => [];

    /// <summary>The attribute of that name.</summary>
    /// <param name="data">The data.</param>
    /// <param name="name">Name of the attribute.</param>
    /// <param name="sides">Whose attribute it may be.</param>
    /// <exception cref="InputException">The data has none of that name, or it is of another side.</exception>
    protected GroupAttribute FindGroup(Dataset data, string name, params ReadOnlySpan<GroupSide> sides)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(name);
        var group = data.FindGroup(name) ?? throw new InputException(
            $"'{Name}' needs the group '{name}', which '{data.Name}' does not have."
            + NearestName.Hint(name, [.. data.Groups.Select(g => g.Name)]));
        return sides.Contains(group.Side) ? group : throw new InputException(
            $"'{Name}' needs a group of the {string.Join(" or ", sides.ToArray()).ToLowerInvariant()}; '{name}' is one "
            + $"of the {group.Side.ToString().ToLowerInvariant()}.");
    }
}

/// <summary>Changes the training rows: weighs them or draws them anew.</summary>
public abstract class PreMitigation : Mitigation
{
    /// <summary>The rows that the learner is to see. Users, items, vocabularies and groups stay as they are.</summary>
    /// <exception cref="InputException">The data lacks what the mitigation needs.</exception>
    /// <exception cref="OperationCanceledException">The token of the context was cancelled.</exception>
    public abstract Dataset Apply(Dataset train, FitContext context);
}

/// <summary>Changes how a learner learns. A learner that knows the mitigation finds it in its
/// <see cref="FitContext"/>.</summary>
public abstract class InMitigation : Mitigation
{
    /// <summary>The groups of rows by an attribute of the rows or of their users.</summary>
    /// <exception cref="InputException">The data has no such group.</exception>
    protected RowGroups FindRowGroups(Dataset train, string name)
    {
        ArgumentNullException.ThrowIfNull(train);
        var group = FindGroup(train, name, GroupSide.User, GroupSide.Row);
        return new RowGroups(train.GroupCodes(group), group.Groups.Count);
    }
}

/// <summary>Changes what a fitted model predicts.</summary>
public abstract class PostMitigation : Mitigation
{
    /// <summary>Fits a model by the given learner, and whatever the mitigation itself has to learn.</summary>
    /// <returns>A model whose predictions are mitigated.</returns>
    /// <exception cref="InputException">The data lacks what the mitigation needs, or the model does not predict what it
    /// works on.</exception>
    /// <exception cref="OperationCanceledException">The token of the context was cancelled.</exception>
    public abstract Model Fit(Learner learner, Dataset train, FitContext context);
}
