namespace Evenhand.Learning.Text.FastText;

/// <summary>What a <see cref="FastTextLearner"/> minimizes.</summary>
public enum FastTextLoss
{
    /// <summary><see cref="Softmax"/> where a text has one class, <see cref="OneVersusAll"/> where it has any number of
    /// labels.</summary>
    Automatic,

    /// <summary>Cross entropy of the softmax over all classes.</summary>
    Softmax,

    /// <summary>Cross entropy of a binary tree of classes whose frequent ones are near the root: a step costs the
    /// logarithm of the number of classes. For very many classes.</summary>
    HierarchicalSoftmax,

    /// <summary>A logistic loss for each class against all others.</summary>
    OneVersusAll,
}
