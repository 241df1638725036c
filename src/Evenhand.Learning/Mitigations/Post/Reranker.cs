using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post;

/// <summary>Makes lists from candidates. Immutable and fitted: it knows the groups of the items and users of its
/// model.</summary>
public abstract class Reranker
{
    /// <summary>Name of the mitigation that made it, as the catalogue has it.</summary>
    public abstract string MitigationName { get; }

    /// <summary>How many candidates it looks at for lists of length k.</summary>
    /// <param name="k">Length of the lists; positive.</param>
    public abstract int CandidateCount(int k);

    /// <summary>The lists of all users, best item first. A list holds k of its user's candidates, or all where there
    /// are fewer.</summary>
    /// <param name="users">Candidates of each user. A re-ranker that balances over users reads them as one batch, in
    /// their order; all others decide for each user alone.</param>
    /// <param name="k">Length of the lists.</param>
    /// <param name="threads">How many threads may work; the lists do not depend on it.</param>
    /// <param name="cancellationToken">Polled at least for each user.</param>
    public abstract int[][] Rerank(
        IReadOnlyList<Candidates> users, int k, int threads, CancellationToken cancellationToken);

    /// <summary>Writes options and state for its reader, which the mitigation's descriptor names.</summary>
    /// <param name="writer">Takes the state, by names of the re-ranker's own.</param>
    public abstract void Write(ModelWriter writer);
}
