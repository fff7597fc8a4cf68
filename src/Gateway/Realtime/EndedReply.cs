using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// The stream of a reply that had ended before it was asked for: its text and its end, put together from the store. The run that made
/// it is not stored, so the reader's own is told, or 0; and the frames have no place in the channel, so epoch is empty and offset 0.
/// </summary>
internal static class EndedReply
{
    private const string NoEpoch = "";

    public static IReadOnlyList<ReplyEvent> Events(Reply reply, Message? answer, ReplyCursor? resumeFrom)
    {
        var channel = ChannelName.Of(reply.ConversationId);
        var run = resumeFrom?.Run ?? 0;
        var text = answer?.Content ?? reply.Text;
        var snapshot = new ReplySnapshot(channel, reply.Id, run, reply.Attempt, text, reply.Status);
        return
        [
            ReplyEvent.Of(snapshot, new ReplyCursor(run, text.Length, HasEnded: false)),
            ReplyEvent.Of(End(reply, answer, channel, run), new ReplyCursor(run, text.Length, HasEnded: true)),
        ];
    }

    private static DurableFrame End(Reply reply, Message? answer, ChannelName channel, long run) => reply.Status switch
    {
        ReplyStatus.Completed when answer is not null =>
            new ReplyCompleted(channel, NoEpoch, 0, reply.Id, run, answer, reply.Usage ?? new TokenUsage(answer.Model ?? "", 0, 0)),
        ReplyStatus.Cancelled => new ReplyCancelled(channel, NoEpoch, 0, reply.Id, reply.Error?.Code ?? "cancelled", reply.Text),
        _ => new ReplyFailed(channel, NoEpoch, 0, reply.Id, reply.Error?.Code ?? "reply-failed", reply.Error?.Text ?? "The reply failed."),
    };
}
