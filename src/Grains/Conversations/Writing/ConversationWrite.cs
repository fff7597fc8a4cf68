using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Conversations.Writing;

/// <summary>An atomic change of a conversation: all of it is committed, or none.</summary>
/// <param name="Head">The row after the change. The unit fails as stale unless the stored version is
/// <paramref name="FromVersion"/>.</param>
/// <param name="FromVersion">The version that the writer has loaded.</param>
/// <param name="At">When the change was decided.</param>
internal sealed record ConversationWrite(ConversationHead Head, long FromVersion, DateTimeOffset At)
{
    /// <summary>At least one event. Their offsets are <c>FromVersion + 1</c> to <c>Head.Version</c>, so fence and history agree.</summary>
    public ImmutableArray<DurableFrame> Events { get; init; } = [];

    public ImmutableArray<NewMessage> Messages { get; init; } = [];

    public ImmutableArray<OpenReply> NewReplies { get; init; } = [];

    /// <summary>Failed replies that are queued again. Their jobs are managed by the queue.</summary>
    public ImmutableArray<OpenReply> ReopenedReplies { get; init; } = [];

    public ImmutableArray<ReplyEnd> ReplyEnds { get; init; } = [];

    public ImmutableArray<Job> Jobs { get; init; } = [];
}
