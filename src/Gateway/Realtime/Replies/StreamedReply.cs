using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>One reply of a reply stream, and how far the stream has read it.</summary>
/// <param name="stored">The reply as it was stored when the stream was requested.</param>
/// <param name="resumeFrom">The text that the client has.</param>
/// <param name="isNew">
/// True when the request has created the reply: the stream then starts with the reply's beginning, even if its text has begun before this
/// gateway followed it.
/// </param>
internal sealed class StreamedReply(Reply stored, ReplyCursor? resumeFrom, bool isNew)
{
    public Reply Stored => stored;

    public ReplyReader Reader { get; } = new(resumeFrom)
    {
        ReadsFromStart = isNew,
        FirstQueued = isNew && stored.Status == ReplyStatus.Queued ? ToQueued(stored) : null,
    };

    /// <summary>The reply while it is open at this gateway; null until it has been found, and when it had ended before.</summary>
    public LiveReply? Live { get; private set; }

    /// <summary>The snapshot and the end of a reply that had ended before it was found; null for an open reply.</summary>
    public IReadOnlyList<ReplyEvent>? StoredEvents { get; private set; }

    /// <summary>True once the queue position has been searched for, which happens once.</summary>
    public bool HasSearchedQueuePosition { get; set; }

    public static ReplyQueued ToQueued(Reply reply) => new(
        ChannelName.For(reply.ConversationId), reply.ConversationId, reply.Id, reply.PersonaId, reply.Position, reply.EtaSeconds);

    public void Continue(LiveReply live) => Live = live;

    public void Continue(IReadOnlyList<ReplyEvent> storedEvents) => (Live, StoredEvents) = (null, storedEvents);
}
