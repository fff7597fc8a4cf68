using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>
/// Creates the stream of a reply that had ended before it was requested: its text and its end, read from the store. The run of the reply
/// is not stored, so the frames carry the run that the reader knows, or 0. They have no position in the channel, so their epoch is empty
/// and their offset is 0.
/// </summary>
internal static class EndedReply
{
    private const string NoEpoch = "";

    public static IReadOnlyList<ReplyEvent> Events(Reply reply, Message? message, ReplyCursor? resumeFrom)
    {
        var channel = ChannelName.For(reply.ConversationId);
        var run = resumeFrom?.Run ?? 0;
        var text = message?.Content ?? reply.Text;
        var snapshot = new ReplySnapshot(channel, reply.Id, run, reply.Attempt, text, reply.Status);
        return
        [
            ReplyEvent.Create(snapshot, new ReplyCursor(run, text.Length, HasEnded: false)),
            ReplyEvent.Create(End(reply, message, channel, run), new ReplyCursor(run, text.Length, HasEnded: true)),
        ];
    }

    private static DurableFrame End(Reply reply, Message? message, ChannelName channel, long run) => reply.Status switch
    {
        ReplyStatus.Completed when message is not null =>
            new ReplyCompleted(channel, NoEpoch, 0, reply.Id, run, message, reply.Usage ?? new TokenUsage(message.Model ?? "", 0, 0)),
        ReplyStatus.Cancelled => new ReplyCancelled(channel, NoEpoch, 0, reply.Id, reply.Error?.Code ?? "cancelled", reply.Text),
        _ => new ReplyFailed(channel, NoEpoch, 0, reply.Id, reply.Error?.Code ?? "reply-failed", reply.Error?.Text ?? "The reply failed."),
    };
}
