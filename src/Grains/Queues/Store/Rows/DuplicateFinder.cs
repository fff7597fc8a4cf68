using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>Finds the existing jobs that make a new job a duplicate.</summary>
/// <param name="holders">The holders of the claims that are in force, by the claim's name.</param>
/// <param name="rows">The stored jobs with the ids of the new jobs.</param>
internal sealed class DuplicateFinder(IReadOnlyDictionary<string, ClaimHolder> holders, IReadOnlyDictionary<JobId, StoredState> rows)
{
    private readonly Dictionary<string, JobId> _taken = new(StringComparer.Ordinal);

    /// <summary>The holder of one of the claims. Null when the job is new; it then holds the claims.</summary>
    public ClaimHolder? Find(JobId id, ImmutableArray<JobClaim> claims)
    {
        foreach (var claim in claims)
        {
            if (_taken.TryGetValue(claim.Name, out var other))
                return new ClaimHolder(other, JobState.Waiting);
            if (holders.TryGetValue(claim.Name, out var holder))
                return holder;
        }

        // An open row without a claim, such as one stored with a message, or an ended row whose end is not acknowledged: it cannot be
        // replaced.
        if (rows.TryGetValue(id, out var row) && !row.CanBeReplaced)
            return new ClaimHolder(id, row.State);

        foreach (var claim in claims)
            _taken[claim.Name] = id;
        return null;
    }

    /// <summary>Whether a new job with this id replaces a stored row, because no claim holds the id any more.</summary>
    public bool Replaces(JobId id) => rows.ContainsKey(id);
}
