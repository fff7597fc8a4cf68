using System.Collections.Immutable;
using JubileeVerse.Replies;

namespace JubileeVerse.Accounts;

/// <summary>
/// A person's replies that have not ended, as their grain knows them. Two things can make this differ from the table: a reply that was
/// admitted and whose post is still on its way to the store, and a call about a reply's end that was lost. The first is why a look at
/// the table does not simply replace what is here; the second is why there is a look.
/// </summary>
internal sealed class OpenReplies(TimeProvider time)
{
    /// <summary>Longer than a post can wait for the store: an admitted reply that is not in the table by then was never stored.</summary>
    private static readonly TimeSpan InFlight = TimeSpan.FromSeconds(60);

    private readonly Dictionary<ReplyId, long> _admittedAt = [];
    private long _lookedAt;

    public int Count => _admittedAt.Count;

    public ImmutableArray<ReplyId> Ids => [.. _admittedAt.Keys];

    public TimeSpan SinceLook => time.GetElapsedTime(_lookedAt);

    public void Admit(ImmutableArray<ReplyId> replies)
    {
        foreach (var reply in replies)
            _admittedAt[reply] = time.GetTimestamp();
    }

    public void Ended(ImmutableArray<ReplyId> replies)
    {
        foreach (var reply in replies)
            _admittedAt.Remove(reply);
    }

    /// <summary>Takes over what the table says.</summary>
    /// <param name="open">All that are open there.</param>
    /// <param name="ended">Those of <see cref="Ids"/> that are there and have ended.</param>
    public void Looked(ImmutableArray<ReplyId> open, ImmutableArray<ReplyId> ended)
    {
        Ended(ended);
        foreach (var reply in Ids.Except(open))
        {
            if (time.GetElapsedTime(_admittedAt[reply]) > InFlight)
                _admittedAt.Remove(reply);
        }

        Admit([.. open.Where(reply => !_admittedAt.ContainsKey(reply))]);
        _lookedAt = time.GetTimestamp();
    }
}
