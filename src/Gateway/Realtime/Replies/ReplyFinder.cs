using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Replies;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>
/// Finds the reply of a reply stream: open in the channel's feed, or ended in the store. Throws <see cref="ErrorCode.NotFound"/> when the
/// reply has been removed.
/// </summary>
internal sealed class ReplyFinder(IGrainFactory grains)
{
    private IConversationQueriesGrain Queries => grains.GetGrain<IConversationQueriesGrain>(0);

    /// <param name="feed">The feed of the reply's channel; null when all replies of the stream had ended when they were requested.</param>
    public async Task FindAsync(UserId userId, StreamedReply reply, ChannelFeed? feed, CancellationToken cancellationToken)
    {
        if (feed is null || reply.Stored.HasEnded())
            reply.Continue(await FindEndAsync(userId, reply.Stored, reply.Reader.Cursor, cancellationToken));
        else if (await FindLiveAsync(feed, reply.Stored.Id, cancellationToken) is { } live)
            reply.Continue(live);
        else
            await FindStoredAsync(userId, reply, feed, cancellationToken);
    }

    /// <summary>Finds a reply that neither the feed nor the channel's owner knows as open.</summary>
    public async Task FindStoredAsync(UserId userId, StreamedReply reply, ChannelFeed feed, CancellationToken cancellationToken)
    {
        var now = await Queries.FindReplyAsync(userId, reply.Stored.Id, cancellationToken) ?? throw Removed();
        if (now.HasEnded())
            reply.Continue(await FindEndAsync(userId, now, reply.Reader.Cursor, cancellationToken));
        else
            reply.Continue(feed.Open(now.Id));
    }

    /// <summary>
    /// Sets the reply's queue position, which the channel's attachment does not contain: it is taken from the post's result, or read from
    /// the conversation.
    /// </summary>
    public async Task FindQueuePositionAsync(UserId userId, StreamedReply reply, CancellationToken cancellationToken)
    {
        var stored = reply.Stored;
        var now = stored is { Status: ReplyStatus.Queued, Position: not null }
            ? stored
            : await grains.GetGrain<IConversationGrain>(stored.ConversationId.Value).GetReplyAsync(userId, stored.Id, cancellationToken);
        if (now.Status == ReplyStatus.Queued)
            reply.Live?.Queue(StreamedReply.ToQueued(now));
    }

    /// <summary>Returns null when neither the feed nor the channel's owner knows the reply as open.</summary>
    private static async Task<LiveReply?> FindLiveAsync(ChannelFeed feed, ReplyId id, CancellationToken cancellationToken)
    {
        await feed.EnsureAttachedAsync().WaitAsync(cancellationToken);
        if (feed.Find(id) is { HasFailed: false } known)
            return known;

        // The reply was accepted so recently that its frame has not arrived, or was retried after a failure, or ended since the store was
        // read.
        await feed.AttachAgainAsync().WaitAsync(cancellationToken);
        return feed.Find(id) is { HasFailed: false } found ? found : null;
    }

    private async Task<IReadOnlyList<ReplyEvent>> FindEndAsync(
        UserId userId, Reply reply, ReplyCursor resumeFrom, CancellationToken cancellationToken)
    {
        var message = reply.Status == ReplyStatus.Completed
            ? await Queries.FindReplyMessageAsync(userId, reply.Id, cancellationToken) ?? throw Removed()
            : null;
        return EndedReply.Events(reply, message, resumeFrom);
    }

    private static JubileeException Removed() => new(ErrorCode.NotFound, "The reply was removed with its conversation.");
}
