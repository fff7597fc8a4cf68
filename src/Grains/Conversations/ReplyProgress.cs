using System.Text;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>
/// An open reply and what its newest run has produced. Lives in memory only: after a move the worker sends its text again.
/// </summary>
internal sealed class ReplyProgress(OpenReply reply)
{
    private readonly StringBuilder _text = new();

    public OpenReply Reply { get; } = reply;

    /// <summary>The highest lease that has begun: a lower one is a stopped worker that woke, and is refused.</summary>
    public JobLease? Lease { get; private set; }

    public int Attempt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>Set while its end is being committed, so that text which arrives meanwhile is not told after the end. It may be reset.</summary>
    public bool Ending { get; set; }

    public ReplyStatus Status => Lease is null ? ReplyStatus.Queued : ReplyStatus.Generating;

    public string Text => _text.ToString();

    public int Length => _text.Length;

    /// <summary>Begins a run with empty text. False: a later run has begun.</summary>
    public bool TryBegin(JobLease lease, int attempt, DateTimeOffset now)
    {
        if (Lease is { } held && lease < held)
            return false;

        Lease = lease;
        Attempt = attempt;
        StartedAt ??= now;
        _text.Clear();
        return true;
    }

    /// <summary>
    /// Appends what is new of <paramref name="text"/>. Null: not this run's turn. An empty string: nothing new, or a hole before it,
    /// and the caller is told the held length to send again from.
    /// </summary>
    public string? Append(JobLease lease, int textOffset, string text, DateTimeOffset now)
    {
        if (Lease is { } held && lease < held)
            return null;
        if (Ending)
            return ""; // Not now, and not "never": the end may still fail, and then the run must go on.
        if (Lease is null || lease > Lease)
            TryBegin(lease, Math.Max(Attempt, 1), now); // This activation is younger than the run: adopt it.

        var known = _text.Length - textOffset;
        if (known < 0 || known >= text.Length)
            return "";

        var added = text[known..];
        _text.Append(added);
        return added;
    }

    public ReplySnapshot ToSnapshot(ChannelName channel) => new(channel, Reply.Id, Lease?.Run ?? 0, Attempt, Text, Status);

    public Reply ToReply(JobStanding? standing) => new(
        Reply.Id,
        Reply.ConversationId,
        Reply.MessageId,
        Reply.PersonaId,
        Status,
        Attempt,
        standing?.Position,
        standing?.EtaSeconds,
        Text,
        Usage: null,
        Error: null,
        Reply.CreatedAt,
        StartedAt,
        EndedAt: null);
}
