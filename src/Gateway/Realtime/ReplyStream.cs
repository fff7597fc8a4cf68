using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Replies;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Tells one connection of one reply until its end. Subscribes first and looks then, so nothing falls between the two;
/// sends what its cursor lacks each time it is woken.
/// </summary>
internal sealed class ReplyStream(IGrainFactory grains, ChannelFeeds feeds)
{
    private IConversationQueries Queries => grains.GetGrain<IConversationQueries>(0);

    /// <summary>Null when the reply's end was told; otherwise the code with which the link must be closed.</summary>
    /// <param name="writer">To the client.</param>
    /// <param name="connection">Its end ends the stream.</param>
    /// <param name="stored">The reply, as it was when it was asked for.</param>
    /// <param name="resumeFrom">The text that the client has.</param>
    /// <param name="isNew">The request has made the reply: its stream begins with it, also where its text has begun before it was found here.</param>
    public async Task<int?> RunAsync(SseWriter writer, LiveConnection connection, Reply stored, ReplyCursor? resumeFrom, bool isNew = false)
    {
        var (userId, cancellationToken) = (connection.UserId, connection.Ended);
        connection.IsAnswering = false;
        if (stored.HasEnded())
            return await SendEndedAsync(writer, userId, stored, resumeFrom, cancellationToken);

        using var subscription = feeds.Subscribe(ChannelName.Of(stored.ConversationId));
        var feed = subscription.Feed;
        var live = await FindAsync(feed, stored.Id, cancellationToken);
        var firstPlace = isNew && stored.Status == ReplyStatus.Queued ? PlaceOf(stored) : null;
        var reader = new ReplyReader(resumeFrom) { IsFromBeginning = isNew, FirstPlace = firstPlace };
        var hasAskedForPlace = false;
        while (true)
        {
            if (live is null)
            {
                if (await Queries.FindReplyAsync(userId, stored.Id, cancellationToken) is not { } now)
                    return CloseCodes.Gone;
                if (now.HasEnded())
                    return await SendEndedAsync(writer, userId, now, reader.Cursor, cancellationToken);
                live = feed.Open(stored.Id);
            }

            var changed = live.Changed;
            var reading = live.Read(reader);
            connection.IsAnswering = reading.IsRunning;
            if (reading.Events.Count > 0)
                await writer.SendAsync(reading.Events);
            else if (reading.IsBeat)
                await writer.SendHeartbeatAsync();

            if (reading.HasEnded)
                return null;
            if (connection.ClosingCode is { } code)
                return code;
            if (reading.IsLost)
                return CloseCodes.Lost;

            if (reading.IsMissing)
            {
                live = null;
            }
            else if (reading.NeedsPlace && !hasAskedForPlace)
            {
                hasAskedForPlace = true;
                await PlaceAsync(live, userId, stored, cancellationToken);
            }
            else
            {
                await changed.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>Null when neither the feed nor the channel's owner knows the reply as one that can go on.</summary>
    private static async Task<LiveReply?> FindAsync(ChannelFeed feed, ReplyId id, CancellationToken cancellationToken)
    {
        await feed.ReadyAsync().WaitAsync(cancellationToken);
        if (feed.Find(id) is { HasFailed: false } known)
            return known;

        // Accepted so lately that its frame is still on its way, tried again after it had failed, or ended since the store was read.
        await feed.CheckAsync().WaitAsync(cancellationToken);
        return feed.Find(id) is { HasFailed: false } found ? found : null;
    }

    /// <summary>The place in the queue is not in the channel's attachment: the conversation is asked for it, unless the post has just said it.</summary>
    private async Task PlaceAsync(LiveReply live, UserId userId, Reply stored, CancellationToken cancellationToken)
    {
        var reply = stored is { Status: ReplyStatus.Queued, Position: not null }
            ? stored
            : await grains.GetGrain<IConversationGrain>(stored.ConversationId.Value).GetReplyAsync(userId, stored.Id, cancellationToken);
        if (reply.Status == ReplyStatus.Queued)
            live.Queue(PlaceOf(reply));
    }

    private static ReplyQueued PlaceOf(Reply reply) => new(
        ChannelName.Of(reply.ConversationId), reply.ConversationId, reply.Id, reply.PersonaId, reply.Position, reply.EtaSeconds);

    private async Task<int?> SendEndedAsync(
        SseWriter writer, UserId userId, Reply reply, ReplyCursor? resumeFrom, CancellationToken cancellationToken)
    {
        Message? answer = null;
        if (reply.Status == ReplyStatus.Completed)
        {
            answer = await Queries.FindAnswerAsync(userId, reply.Id, cancellationToken);
            if (answer is null)
                return CloseCodes.Gone;
        }

        await writer.SendAsync(EndedReply.Events(reply, answer, resumeFrom));
        return null;
    }
}
