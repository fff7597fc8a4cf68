using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Replies;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>
/// Streams one reply to one client until the reply's end. It subscribes before it reads the reply, so that no frame is missed in between,
/// and sends the events after its cursor each time it is woken.
/// </summary>
internal sealed class ReplyStream(IGrainFactory grains, ChannelFeeds feeds)
{
    private IConversationQueriesGrain Queries => grains.GetGrain<IConversationQueriesGrain>(0);

    /// <summary>Returns null when the reply's end was sent; otherwise the code with which the stream must be closed.</summary>
    /// <param name="connection">Its end ends the stream.</param>
    /// <param name="stored">The reply as it was stored when the stream was requested.</param>
    /// <param name="resumeFrom">The text that the client has.</param>
    /// <param name="isNew">
    /// True when the request has created the reply: the stream then starts with the reply's beginning, even if its text has begun before
    /// this gateway followed it.
    /// </param>
    public async Task<int?> RunAsync(SseWriter writer, LiveConnection connection, Reply stored, ReplyCursor? resumeFrom, bool isNew = false)
    {
        var (userId, cancellationToken) = (connection.UserId, connection.Ended);
        connection.HasRunningReply = false;
        if (stored.HasEnded())
            return await SendEndedAsync(writer, userId, stored, resumeFrom, cancellationToken);

        using var subscription = feeds.Subscribe(ChannelName.For(stored.ConversationId));
        var feed = subscription.Feed;
        var live = await FindAsync(feed, stored.Id, cancellationToken);
        var firstQueued = isNew && stored.Status == ReplyStatus.Queued ? ToQueued(stored) : null;
        var reader = new ReplyReader(resumeFrom) { ReadsFromStart = isNew, FirstQueued = firstQueued };
        var hasReadQueuePosition = false;
        while (true)
        {
            if (live is null)
            {
                if (await Queries.FindReplyAsync(userId, stored.Id, cancellationToken) is not { } now)
                    return CloseCodes.Removed;
                if (now.HasEnded())
                    return await SendEndedAsync(writer, userId, now, reader.Cursor, cancellationToken);
                live = feed.Open(stored.Id);
            }

            var changed = live.Changed;
            var result = live.Read(reader);
            connection.HasRunningReply = result.IsRunning;
            if (result.Events.Count > 0)
                await writer.SendAsync(result.Events);
            else if (result.IsHeartbeat)
                await writer.SendHeartbeatAsync();

            if (result.HasEnded)
                return null;
            if (connection.ClosingCode is { } code)
                return code;
            if (result.IsOwnerUnreachable)
                return CloseCodes.Unreachable;

            if (result.IsMissing)
            {
                live = null;
            }
            else if (result.NeedsQueuePosition && !hasReadQueuePosition)
            {
                hasReadQueuePosition = true;
                await SetQueuePositionAsync(live, userId, stored, cancellationToken);
            }
            else
            {
                await changed.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>Returns null when neither the feed nor the channel's owner knows the reply as open.</summary>
    private static async Task<LiveReply?> FindAsync(ChannelFeed feed, ReplyId id, CancellationToken cancellationToken)
    {
        await feed.EnsureAttachedAsync().WaitAsync(cancellationToken);
        if (feed.Find(id) is { HasFailed: false } known)
            return known;

        // The reply was accepted so recently that its frame has not arrived, or was retried after a failure, or ended since the store was
        // read.
        await feed.AttachAgainAsync().WaitAsync(cancellationToken);
        return feed.Find(id) is { HasFailed: false } found ? found : null;
    }

    /// <summary>
    /// Sets the reply's queue position, which the channel's attachment does not contain: it is taken from the post's result, or read from
    /// the conversation.
    /// </summary>
    private async Task SetQueuePositionAsync(LiveReply live, UserId userId, Reply stored, CancellationToken cancellationToken)
    {
        var reply = stored is { Status: ReplyStatus.Queued, Position: not null }
            ? stored
            : await grains.GetGrain<IConversationGrain>(stored.ConversationId.Value).GetReplyAsync(userId, stored.Id, cancellationToken);
        if (reply.Status == ReplyStatus.Queued)
            live.Queue(ToQueued(reply));
    }

    private static ReplyQueued ToQueued(Reply reply) => new(
        ChannelName.For(reply.ConversationId), reply.ConversationId, reply.Id, reply.PersonaId, reply.Position, reply.EtaSeconds);

    private async Task<int?> SendEndedAsync(
        SseWriter writer, UserId userId, Reply reply, ReplyCursor? resumeFrom, CancellationToken cancellationToken)
    {
        Message? message = null;
        if (reply.Status == ReplyStatus.Completed)
        {
            message = await Queries.FindReplyMessageAsync(userId, reply.Id, cancellationToken);
            if (message is null)
                return CloseCodes.Removed;
        }

        await writer.SendAsync(EndedReply.Events(reply, message, resumeFrom));
        return null;
    }
}
