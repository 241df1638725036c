namespace Evenhand.Torch.Encoders;

/// <summary>Encoders that differ in embeddings, in the layer before the classes, and in the names of their
/// weights.</summary>
internal enum EncoderFamily
{
    /// <summary>Devlin et al. 2019.</summary>
    Bert,

    /// <summary>Liu et al. 2019: positions count from behind the padding word's.</summary>
    Roberta,

    /// <summary>Sanh et al. 2019: does not tell the texts of a pair apart by embeddings; ReLU instead of tanh before
    /// the classes.</summary>
    DistilBert,
}
