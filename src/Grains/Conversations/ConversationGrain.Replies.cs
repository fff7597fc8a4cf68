using System.Collections.Immutable;
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
    /// <summary>The maximum number of messages given to the prompt composer, which cuts further by tokens.</summary>
    private const int MaxPromptMessages = 100;

    public async Task<BeginReplyResult> BeginReplyAsync(ReplyId replyId, JobLease lease, int attempt, CancellationToken cancellationToken)
    {
        if (_state?.FindOpen(replyId) is not { } progress)
            return await UnknownReplyAsync(replyId, cancellationToken);
        if (_state.Open[0] != progress || !progress.TryBegin(lease, attempt, Now))
            return new BeginReplyResult(BeginReplyDecision.NotYet, null);

        _channel.Publish(new ReplyStarted(ChannelName, replyId, lease.Run, attempt));
        var head = _state.Head;
        var messages = await TranslateStoreFaultsAsync(() => GetPromptMessagesAsync(_state, progress.Reply.MessageSeq, cancellationToken));
        return new BeginReplyResult(
            BeginReplyDecision.Proceed, new ReplyTask(head.Owner, progress.Reply.PersonaId, head.Conversation.Language, messages));
    }

    public ValueTask<AppendReplyResult> AppendReplyAsync(ReplyId replyId, JobLease lease, int textOffset, string text)
    {
        if (_state?.FindOpen(replyId) is not { } progress)
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
        if (_state is null)
            return new EndReplyResult(Accepted: false, ReplyStatus.Cancelled);

        return await ExecuteAsync(() => _state ?? throw JubileeException.NotFound("conversation"), async state =>
        {
            if (state.FindOpen(command.ReplyId) is not { } progress)
                return await GetEarlierEndAsync(command, cancellationToken);
            if (progress.Lease is { } held && command.Lease < held)
                return new EndReplyResult(Accepted: false, progress.Status);

            await EndAsync(state, progress, write => write.Complete(progress, command, MessageId.New(time)));
            return new EndReplyResult(Accepted: true, ReplyStatus.Completed);
        });
    }

    public Task ReplyRetryingAsync(ReplyId replyId, int nextAttempt, TimeSpan delay)
    {
        if (_state?.FindOpen(replyId) is not null)
            _channel.Publish(new ReplyRetrying(ChannelName, replyId, nextAttempt, (long)delay.TotalMilliseconds));
        return Task.CompletedTask;
    }

    public Task ReplyPositionChangedAsync(ReplyId replyId, int position, int? etaSeconds)
    {
        // A reply that has started since has no position any more.
        if (_state?.FindOpen(replyId) is { Status: ReplyStatus.Queued, Reply: { } reply })
            _channel.Publish(new ReplyQueued(ChannelName, Id, reply.Id, reply.PersonaId, position, etaSeconds));
        return Task.CompletedTask;
    }

    public async Task ReplyJobEndedAsync(ReplyId replyId, ReplyStatus status, string code, string text, CancellationToken cancellationToken)
    {
        if (_state is null)
            return;

        await ExecuteAsync(() => _state ?? throw JubileeException.NotFound("conversation"), async state =>
        {
            if (state.FindOpen(replyId) is { } progress)
            {
                await EndAsync(state, progress, write => status == ReplyStatus.Cancelled
                    ? write.Cancel(progress, ReplyCancelReasons.ByOperator, MessageId.New(time))
                    : write.Fail(progress, new ReplyError(code, text)));
            }

            return true;
        });
    }

    public async Task<bool> ReopenReplyAsync(ReplyId replyId, CancellationToken cancellationToken)
    {
        if (_state is null)
            return false;

        return await ExecuteAsync(() => _state ?? throw JubileeException.NotFound("conversation"), async state =>
        {
            if (state.Head.DeletedAt is not null)
                return false;
            if (state.FindOpen(replyId) is not null)
                return true;
            if (await store.FindFailedReplyAsync(Id, replyId, cancellationToken) is not { } failed)
                return false;

            await CommitAsync(state, Writer(state).Reopen(failed).Build());
            _channel.Publish(new ReplyQueued(ChannelName, Id, replyId, failed.PersonaId, Position: null, EtaSeconds: null));
            return true;
        });
    }

    public Task<Reply> CancelReplyAsync(UserId userId, ReplyId replyId, CancellationToken cancellationToken) =>
        ExecuteAsync(userId, async state =>
        {
            if (state.FindOpen(replyId) is { } progress)
            {
                await EndAsync(state, progress, write => write.Cancel(progress, ReplyCancelReasons.ByUser, MessageId.New(time)));
                CancelJobs([replyId]);
            }

            return await store.FindReplyAsync(Id, replyId, cancellationToken) ?? throw JubileeException.NotFound("reply");
        });

    public async Task<Reply> GetReplyAsync(UserId userId, ReplyId replyId, CancellationToken cancellationToken)
    {
        if (StateOf(userId).FindOpen(replyId) is not { } progress)
            return await store.FindReplyAsync(Id, replyId, cancellationToken) ?? throw JubileeException.NotFound("reply");

        var jobStatus = progress.Status == ReplyStatus.Queued ? await GetJobStatusAsync(replyId) : null;
        return progress.ToReply(jobStatus);
    }

    /// <summary>Ends an open reply. When the commit fails, the reply accepts text again, unless the activation is deactivated.</summary>
    private async Task EndAsync(
        ConversationState state, ReplyProgress progress, Func<ConversationWriteBuilder, ConversationWriteBuilder> end)
    {
        progress.IsEnding = true;
        try
        {
            await CommitAsync(state, end(Writer(state)).Build());
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
    private async Task<BeginReplyResult> UnknownReplyAsync(ReplyId replyId, CancellationToken cancellationToken)
    {
        if (_state is not null
            && await TranslateStoreFaultsAsync(() => store.FindReplyAsync(Id, replyId, cancellationToken)) is { EndedAt: null })
        {
            DeactivateOnIdle();
            return new BeginReplyResult(BeginReplyDecision.NotYet, null);
        }

        return new BeginReplyResult(BeginReplyDecision.Ended, null);
    }

    /// <summary>
    /// The prompt messages up to a user message, from memory where possible. A regenerated reply may belong to an older message, whose
    /// prompt messages are read from the store.
    /// </summary>
    private async Task<ImmutableArray<PromptMessage>> GetPromptMessagesAsync(
        ConversationState state, long messageSeq, CancellationToken cancellationToken)
    {
        state.PromptHistory ??= new PromptHistory(
            await store.RecentPromptMessagesAsync(Id, long.MaxValue, PromptHistory.MaxMessages, cancellationToken));
        return state.PromptHistory.Contains(messageSeq)
            ? state.PromptHistory.UpTo(messageSeq, MaxPromptMessages)
            : new PromptHistory(await store.RecentPromptMessagesAsync(Id, messageSeq, PromptHistory.MaxMessages, cancellationToken))
                .UpTo(messageSeq, MaxPromptMessages);
    }

    /// <summary>
    /// Confirms the end to a run that completes twice because the first result was lost, and rejects the end of any other run.
    /// </summary>
    private async Task<EndReplyResult> GetEarlierEndAsync(CompleteReply command, CancellationToken cancellationToken)
    {
        var reply = await store.FindReplyAsync(Id, command.ReplyId, cancellationToken) ?? throw JubileeException.NotFound("reply");
        return new EndReplyResult(reply.Status == ReplyStatus.Completed && reply.Text == command.Text, reply.Status);
    }

    private async Task<JobStatus?> GetJobStatusAsync(ReplyId replyId)
    {
        var request = Queue().GetJobStatusAsync(JobId.From(replyId), CancellationToken.None);
        try
        {
            return await request.WaitAsync(OfferTimeout, time);
        }
        catch (Exception exception)
        {
            request.Ignore();
            LogQueueUnavailable(exception, Id, 1);
            return null;
        }
    }
}
