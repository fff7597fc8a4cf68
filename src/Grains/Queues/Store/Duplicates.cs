using System.Collections.Immutable;
using JubileeVerse.Queues.State;

namespace JubileeVerse.Queues.Store;

/// <summary>Tells new jobs from those that are there already.</summary>
/// <param name="holders">Who holds the claims that are in force, by the claim's name.</param>
/// <param name="rows">Stored jobs with the ids that were asked for.</param>
internal sealed class Duplicates(IReadOnlyDictionary<string, JobHolder> holders, IReadOnlyDictionary<JobId, StoredState> rows)
{
    private readonly Dictionary<string, JobId> _taken = new(StringComparer.Ordinal);

    /// <summary>The holder of one of the claims; null: the job is new, and holds them from now on.</summary>
    public JobHolder? Find(JobId id, ImmutableArray<JobClaim> claims)
    {
        foreach (var claim in claims)
        {
            if (_taken.TryGetValue(claim.Name, out var other))
                return new JobHolder(other, JobState.Waiting);
            if (holders.TryGetValue(claim.Name, out var holder))
                return holder;
        }

        // A row that came another way, such as with a message, and one whose end is still to be told: it cannot give way.
        if (rows.TryGetValue(id, out var row) && !row.GivesWay)
            return new JobHolder(id, row.State);

        foreach (var claim in claims)
            _taken[claim.Name] = id;
        return null;
    }

    /// <summary>Nothing claims its id any more, so its row makes room for a new job of the same id.</summary>
    public bool Replaces(JobId id) => rows.ContainsKey(id);
}

/// <summary>Who holds a claim, and how it stood when that was last written.</summary>
internal readonly record struct JobHolder(JobId Job, JobState State);

/// <summary>How a stored job stands.</summary>
/// <param name="State">As it was last written.</param>
/// <param name="Told">Whoever waited for its end has heard of it.</param>
internal readonly record struct StoredState(JobState State, bool Told)
{
    public bool GivesWay => Told && !JobStateMachine.IsOpen(State);
}
