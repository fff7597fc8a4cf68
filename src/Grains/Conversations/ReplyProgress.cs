using System.Collections.Immutable;
using System.Text;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>
/// An open reply and the text that its newest run has produced. It is in memory only: after a move the worker sends its text again.
/// </summary>
internal sealed class ReplyProgress(OpenReply reply)
{
    private readonly StringBuilder _text = new();

    public OpenReply Reply { get; } = reply;

    /// <summary>The highest lease that has begun. A lower one belongs to a suspended worker that has resumed, and is rejected.</summary>
    public JobLease? Lease { get; private set; }

    public int Attempt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>
    /// True while the reply's end is being committed, so that text which arrives meanwhile is not published after the end. It is reset when
    /// the commit fails.
    /// </summary>
    public bool IsEnding { get; set; }

    public ReplyStatus Status => Lease is null ? ReplyStatus.Queued : ReplyStatus.Generating;

    public string Text => _text.ToString();

    public int Length => _text.Length;

    /// <summary>Begins a run with empty text. Returns false when a later run has begun.</summary>
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
    /// Appends the new part of <paramref name="text"/> and returns it. Returns null when a later run has begun. Returns an empty string
    /// when there is nothing new or a gap before the text; the caller then sends again from the present length.
    /// </summary>
    public string? Append(JobLease lease, int textOffset, string text, DateTimeOffset now)
    {
        if (Lease is { } held && lease < held)
            return null;
        if (IsEnding)
            return ""; // Not null, because the commit of the end may still fail, and then the run must continue.
        if (Lease is null || lease > Lease)
            TryBegin(lease, Math.Max(Attempt, 1), now); // This activation is newer than the run, so it adopts the run.

        var known = _text.Length - textOffset;
        if (known < 0 || known >= text.Length)
            return "";

        var added = text[known..];
        _text.Append(added);
        return added;
    }

    public ReplySnapshot ToSnapshot(ChannelName channel) => new(channel, Reply.Id, Lease?.Run ?? 0, Attempt, Text, Status);

    /// <param name="jobStatuses">The statuses of several jobs, as far as the queue has returned them.</param>
    public Reply ToReply(ImmutableArray<JobStatus> jobStatuses) =>
        ToReply(jobStatuses.FirstOrDefault(status => status.Id == JobId.From(Reply.Id)));

    public Reply ToReply(JobStatus? jobStatus) => new(
        Reply.Id,
        Reply.ConversationId,
        Reply.MessageId,
        Reply.PersonaId,
        Status,
        Attempt,
        jobStatus?.Position,
        jobStatus?.EtaSeconds,
        Text,
        Usage: null,
        Error: null,
        Reply.CreatedAt,
        StartedAt,
        EndedAt: null);
}
