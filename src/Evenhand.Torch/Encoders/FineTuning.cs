namespace Evenhand.Torch.Encoders;

/// <summary>Which weights of a transformer are trained on the labels.</summary>
public enum FineTuning
{
    /// <summary>All.</summary>
    Full,

    /// <summary>Thin matrices beside the weights of queries and values (E. J. Hu et al., "LoRA: Low-rank adaptation of
    /// large language models", 2021), and the layers behind the encoder. They become one with the weights after the
    /// training, so predictions cost what they always do.</summary>
    Lora,

    /// <summary>Narrow blocks behind attention and feed-forward blocks (N. Houlsby et al., "Parameter-efficient
    /// transfer learning for NLP", ICML 2019), the normalizations, and the layers behind the encoder.</summary>
    Adapter,

    /// <summary>The layers behind the encoder alone.</summary>
    Head,
}
