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
        _runs.BeginAsync(replyId, lease, attempt, cancellationToken);

    public ValueTask<AppendReplyResult> AppendReplyAsync(ReplyId replyId, JobLease lease, int textOffset, string text) =>
        new(_runs.Append(replyId, lease, textOffset, text));

    public Task ReplyRetryingAsync(ReplyId replyId, int nextAttempt, TimeSpan delay)
    {
        _runs.Retry(replyId, nextAttempt, delay);
        return Task.CompletedTask;
    }

    public Task ReplyPositionChangedAsync(ReplyId replyId, int position, int? etaSeconds)
    {
        _runs.ChangePosition(replyId, position, etaSeconds);
        return Task.CompletedTask;
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
    /// Confirms the end to a run that completes twice because the first result was lost, and rejects the end of any other run.
    /// </summary>
    private async Task<EndReplyResult> GetEarlierEndAsync(CompleteReply command, CancellationToken cancellationToken)
    {
        var reply = await store.FindReplyAsync(Id, command.ReplyId, cancellationToken) ?? throw JubileeException.NotFound("reply");
        return new EndReplyResult(reply.Status == ReplyStatus.Completed && reply.Text == command.Text, reply.Status);
    }
}
