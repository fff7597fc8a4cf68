using JubileeVerse.Accounts;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <content>Replies: the calls of workers and the queue, and the user's requests for a running reply.</content>
internal sealed partial class ConversationGrain
{
    public Task<BeginReplyResult> BeginReplyAsync(ReplyId replyId, JobLease lease, int attempt, CancellationToken cancellationToken) =>
        _conversation.ExecuteAsync(async () =>
        {
            if (_conversation.State is not { } state || state.FindOpen(replyId) is not { } progress)
                return new BeginReplyResult(await DecideUnknownReplyAsync(replyId, cancellationToken), null);
            if (state.Open[0] != progress || !progress.TryBegin(lease, attempt, Now))
                return new BeginReplyResult(BeginReplyDecision.NotYet, null);

            _channel.Publish(new ReplyStarted(ChannelName, replyId, lease.Run, attempt));
            var head = state.Head;
            var messages = await store.GetPromptMessagesAsync(state, progress.Reply.MessageSeq, cancellationToken);
            return new BeginReplyResult(
                BeginReplyDecision.Proceed, new ReplyTask(head.Owner, progress.Reply.PersonaId, head.Conversation.Language, messages));
        });

    public ValueTask<AppendReplyResult> AppendReplyAsync(ReplyId replyId, JobLease lease, int textOffset, string text)
    {
        if (_conversation.State?.FindOpen(replyId) is not { } progress)
            return new(new AppendReplyResult(Accepted: false, Length: 0));

        var before = progress.Length;
        var run = progress.Lease;
        if (progress.Append(lease, textOffset, text, Now) is not { } added)
            return new(new AppendReplyResult(Accepted: false, progress.Length));

        if (progress.Lease != run)
            _channel.Publish(new ReplyStarted(ChannelName, replyId, lease.Run, progress.Attempt));
        if (added.Length > 0)
            _channel.Publish(new ReplyDelta(ChannelName, replyId, lease.Run, progress.Lease == run ? before : 0, added));
        return new(new AppendReplyResult(Accepted: true, progress.Length));
    }

    public async Task<EndReplyResult> CompleteReplyAsync(CompleteReply command, CancellationToken cancellationToken)
    {
        if (_conversation.State is null)
            return new EndReplyResult(Accepted: false, ReplyStatus.Cancelled);

        return await _conversation.ExecuteAsync(async () =>
        {
            var state = _conversation.RequireState();
            if (state.FindOpen(command.ReplyId) is not { } progress)
                return await GetEarlierEndAsync(command, cancellationToken);
            if (progress.Lease is { } held && command.Lease < held)
                return new EndReplyResult(Accepted: false, progress.Status);

            await EndAsync(state, progress, CreateWriter(state).Complete(progress, command, MessageId.New(time)));
            return new EndReplyResult(Accepted: true, ReplyStatus.Completed);
        });
    }

    public Task ReplyRetryingAsync(ReplyId replyId, int nextAttempt, TimeSpan delay)
    {
        if (_conversation.State?.FindOpen(replyId) is not null)
            _channel.Publish(new ReplyRetrying(ChannelName, replyId, nextAttempt, (long)delay.TotalMilliseconds));
        return Task.CompletedTask;
    }

    public Task ReplyPositionChangedAsync(ReplyId replyId, int position, int? etaSeconds)
    {
        // A reply that has started since has no position any more.
        if (_conversation.State?.FindOpen(replyId) is { Status: ReplyStatus.Queued, Reply: { } reply })
            _channel.Publish(new ReplyQueued(ChannelName, Id, reply.Id, reply.PersonaId, position, etaSeconds));
        return Task.CompletedTask;
    }

    public async Task ReplyJobEndedAsync(ReplyId replyId, ReplyStatus status, string code, string text, CancellationToken cancellationToken)
    {
        if (_conversation.State is null)
            return;

        await _conversation.ExecuteAsync(async () =>
        {
            var state = _conversation.RequireState();
            if (state.FindOpen(replyId) is not { } progress)
                return false;

            var write = CreateWriter(state);
            await EndAsync(state, progress, status == ReplyStatus.Cancelled
                ? write.Cancel(progress, ReplyCancelReasons.ByOperator, MessageId.New(time))
                : write.Fail(progress, new ReplyError(code, text)));
            return true;
        });
    }

    public async Task<bool> ReopenReplyAsync(ReplyId replyId, CancellationToken cancellationToken)
    {
        if (_conversation.State is null)
            return false;

        return await _conversation.ExecuteAsync(async () =>
        {
            var state = _conversation.RequireState();
            if (state.Head.DeletedAt is not null)
                return false;
            if (state.FindOpen(replyId) is not null)
                return true;
            if (await store.FindFailedReplyAsync(Id, replyId, cancellationToken) is not { } failed)
                return false;

            await CommitAsync(state, CreateWriter(state).Reopen(failed).Build());
            _channel.Publish(new ReplyQueued(ChannelName, Id, replyId, failed.PersonaId, Position: null, EtaSeconds: null));
            return true;
        });
    }

    public Task<Reply> CancelReplyAsync(UserId userId, ReplyId replyId, CancellationToken cancellationToken) =>
        _conversation.ExecuteAsync(async () =>
        {
            var state = _conversation.StateOf(userId);
            if (state.FindOpen(replyId) is { } progress)
            {
                var write = CreateWriter(state).Cancel(progress, ReplyCancelReasons.ByUser, MessageId.New(time));
                await EndAsync(state, progress, write);
                _queue.Cancel([replyId]);
            }

            return await store.FindReplyAsync(Id, replyId, cancellationToken) ?? throw JubileeException.NotFound("reply");
        });

    public async Task<Reply> GetReplyAsync(UserId userId, ReplyId replyId, CancellationToken cancellationToken)
    {
        if (_conversation.StateOf(userId).FindOpen(replyId) is not { } progress)
            return await store.FindReplyAsync(Id, replyId, cancellationToken) ?? throw JubileeException.NotFound("reply");

        var jobStatus = progress.Status == ReplyStatus.Queued ? await _queue.GetStatusAsync(replyId) : null;
        return progress.ToReply(jobStatus);
    }

    /// <summary>Ends an open reply. When the commit fails, the reply accepts text again, unless the activation is deactivated.</summary>
    private async Task EndAsync(ConversationState state, ReplyProgress progress, ConversationWriteBuilder write)
    {
        progress.IsEnding = true;
        try
        {
            await CommitAsync(state, write.Build());
        }
        finally
        {
            progress.IsEnding = false;
        }
    }

    /// <summary>
    /// Returns <c>Ended</c> only for a stored end. A reply that is open in the store and unknown here was added after this activation
    /// loaded its state. Another activation has written it, so this one deactivates.
    /// </summary>
    private async Task<BeginReplyDecision> DecideUnknownReplyAsync(ReplyId replyId, CancellationToken cancellationToken)
    {
        if (_conversation.State is null || await store.FindReplyAsync(Id, replyId, cancellationToken) is not { EndedAt: null })
            return BeginReplyDecision.Ended;

        DeactivateOnIdle();
        return BeginReplyDecision.NotYet;
    }

    /// <summary>
    /// Confirms the end to a run that completes twice because the first result was lost, and rejects the end of any other run.
    /// </summary>
    private async Task<EndReplyResult> GetEarlierEndAsync(CompleteReply command, CancellationToken cancellationToken)
    {
        var reply = await store.FindReplyAsync(Id, command.ReplyId, cancellationToken) ?? throw JubileeException.NotFound("reply");
        return new EndReplyResult(reply.Status == ReplyStatus.Completed && reply.Text == command.Text, reply.Status);
    }
}
