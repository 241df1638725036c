namespace Evenhand.Torch.Encoders;

/// <summary>How the vectors of a text's tokens become one.</summary>
public enum PoolingKind
{
    /// <summary>The vector of the first token, which stands for the text, through a linear layer and tanh, as BERT
    /// does.</summary>
    Cls,

    /// <summary>The mean of the vectors of all tokens.</summary>
    Mean,
}
