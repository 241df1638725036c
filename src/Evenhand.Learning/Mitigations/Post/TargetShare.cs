namespace Evenhand.Learning.Mitigations.Post;

/// <summary>Which share of the places in lists is due to a group of items.</summary>
public enum TargetShare
{
    /// <summary>Its share of the items in the catalogue whose group is known.</summary>
    Catalogue,

    /// <summary>Its share of the training rows (of their weights, where the data has weights) whose item's group is
    /// known.</summary>
    Training,

    /// <summary>The same share for each group that has items.</summary>
    Equal,
}
