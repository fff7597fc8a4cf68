using System.Collections.Immutable;
using JubileeVerse.Replies;

namespace JubileeVerse.Accounts;

/// <summary>
/// A user's open replies, as the account grain knows them. They can differ from the table of replies for two reasons: a reply was admitted
/// and its post is not stored yet, or the notification of a reply's end was lost. The first is why reconciliation merges the table's state
/// instead of replacing this one; the second is why reconciliation is needed.
/// </summary>
internal sealed class OpenReplies(TimeProvider time)
{
    /// <summary>Longer than a post can wait for the store; an admitted reply that is not in the table by then was never stored.</summary>
    private static readonly TimeSpan InFlightTimeout = TimeSpan.FromSeconds(60);

    private readonly Dictionary<ReplyId, long> _admittedAt = [];
    private long _reconciledAt;

    public int Count => _admittedAt.Count;

    public ImmutableArray<ReplyId> Ids => [.. _admittedAt.Keys];

    public TimeSpan TimeSinceReconciled => time.GetElapsedTime(_reconciledAt);

    public void Admit(ImmutableArray<ReplyId> replies)
    {
        foreach (var reply in replies)
            _admittedAt[reply] = time.GetTimestamp();
    }

    public void Remove(ImmutableArray<ReplyId> replies)
    {
        foreach (var reply in replies)
            _admittedAt.Remove(reply);
    }

    /// <summary>Merges the state of the table.</summary>
    /// <param name="open">All open replies in the table.</param>
    /// <param name="ended">The replies of <see cref="Ids"/> that have ended according to the table.</param>
    public void Reconcile(ImmutableArray<ReplyId> open, ImmutableArray<ReplyId> ended)
    {
        Remove(ended);
        foreach (var reply in Ids.Except(open))
        {
            if (time.GetElapsedTime(_admittedAt[reply]) > InFlightTimeout)
                _admittedAt.Remove(reply);
        }

        Admit([.. open.Where(reply => !_admittedAt.ContainsKey(reply))]);
        _reconciledAt = time.GetTimestamp();
    }
}
