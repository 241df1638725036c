namespace Evenhand.Torch.Robustness;

/// <summary>How texts are made harder in training, by moving the vectors of their words.</summary>
public enum AdversaryKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>One step along the gradient to the rim of the ball: the fast gradient method (Miyato, Dai, Goodfellow
    /// 2017); with the norm LInfinity the fast gradient sign method (Goodfellow, Shlens, Szegedy 2015).</summary>
    Fgm,

    /// <summary>Several steps along the gradient, each taken back into the ball: projected gradient descent (Madry et
    /// al. 2018).</summary>
    Pgd,

    /// <summary>Several passes, each of which gives a gradient to the network and to the perturbation: free adversarial
    /// training (Shafahi et al. 2019), with one step of the optimizer for all passes of a batch (Zhu et al.
    /// 2020).</summary>
    Free,
}
