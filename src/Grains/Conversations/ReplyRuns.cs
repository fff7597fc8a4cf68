using JubileeVerse.Conversations.Store;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <summary>
/// The runs of a conversation's open replies, as workers and the queue report them: begin, text, retries, positions. They change memory
/// only and are published at once, so no run waits for a commit.
/// </summary>
/// <param name="conversation">The conversation whose open replies run.</param>
/// <param name="store">Where the messages of a prompt are read.</param>
/// <param name="channel">Where the runs are published.</param>
/// <param name="id">The conversation's id.</param>
/// <param name="time">The clock.</param>
/// <param name="deactivate">Ends the activation after its present call, because another activation has written.</param>
internal sealed class ReplyRuns(
    StoredConversation conversation, IConversationStore store, Channel channel, ConversationId id, TimeProvider time, Action deactivate)
{
    private readonly ChannelName _name = ChannelName.For(id);

    private DateTimeOffset Now => UnixTime.FromMilliseconds(time.NowMs());

    public Task<BeginReplyResult> BeginAsync(ReplyId replyId, JobLease lease, int attempt, CancellationToken cancellationToken) =>
        conversation.ExecuteAsync(async () =>
        {
            if (conversation.State is not { } state || state.FindOpen(replyId) is not { } progress)
                return new BeginReplyResult(await DecideUnknownAsync(replyId, cancellationToken), null);
            if (state.Open[0] != progress || !progress.TryBegin(lease, attempt, Now))
                return new BeginReplyResult(BeginReplyDecision.NotYet, null);

            channel.Publish(new ReplyStarted(_name, replyId, lease.Run, attempt));
            var head = state.Head;
            var messages = await store.GetPromptMessagesAsync(state, progress.Reply.MessageSeq, cancellationToken);
            return new BeginReplyResult(
                BeginReplyDecision.Proceed, new ReplyTask(head.Owner, progress.Reply.PersonaId, head.Conversation.Language, messages));
        });

    public AppendReplyResult Append(ReplyId replyId, JobLease lease, int textOffset, string text)
    {
        if (conversation.State?.FindOpen(replyId) is not { } progress)
            return new AppendReplyResult(Accepted: false, Length: 0);

        var before = progress.Length;
        var run = progress.Lease;
        if (progress.Append(lease, textOffset, text, Now) is not { } added)
            return new AppendReplyResult(Accepted: false, progress.Length);

        if (progress.Lease != run)
            channel.Publish(new ReplyStarted(_name, replyId, lease.Run, progress.Attempt));
        if (added.Length > 0)
            channel.Publish(new ReplyDelta(_name, replyId, lease.Run, progress.Lease == run ? before : 0, added));
        return new AppendReplyResult(Accepted: true, progress.Length);
    }

    public void Retry(ReplyId replyId, int nextAttempt, TimeSpan delay)
    {
        if (conversation.State?.FindOpen(replyId) is not null)
            channel.Publish(new ReplyRetrying(_name, replyId, nextAttempt, (long)delay.TotalMilliseconds));
    }

    public void ChangePosition(ReplyId replyId, int position, int? etaSeconds)
    {
        // A reply that has started since has no position any more.
        if (conversation.State?.FindOpen(replyId) is { Status: ReplyStatus.Queued, Reply: { } reply })
            channel.Publish(new ReplyQueued(_name, id, reply.Id, reply.PersonaId, position, etaSeconds));
    }

    /// <summary>
    /// Returns <c>Ended</c> only for a stored end. A reply that is open in the store and unknown here was added after this activation
    /// loaded its state. Another activation has written it, so this one deactivates.
    /// </summary>
    private async Task<BeginReplyDecision> DecideUnknownAsync(ReplyId replyId, CancellationToken cancellationToken)
    {
        if (conversation.State is null || await store.FindReplyAsync(id, replyId, cancellationToken) is not { EndedAt: null })
            return BeginReplyDecision.Ended;

        deactivate();
        return BeginReplyDecision.NotYet;
    }
}
