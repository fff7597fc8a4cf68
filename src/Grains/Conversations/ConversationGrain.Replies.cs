using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations;

/// <content>Replies: what workers and the queue say, and what a person asks of a running one.</content>
internal sealed partial class ConversationGrain
{
    /// <summary>Turns a prompt is composed from; the composer cuts further, by tokens.</summary>
    private const int MaxTurns = 100;

    public async Task<BeginReplyResult> BeginReplyAsync(ReplyId replyId, JobLease lease, int attempt, CancellationToken cancellationToken)
    {
        if (_state?.FindOpen(replyId) is not { } progress)
            return await UnknownReplyAsync(replyId, cancellationToken);
        if (_state.Open[0] != progress || !progress.TryBegin(lease, attempt, Now))
            return new BeginReplyResult(BeginReplyDecision.NotYet, null);

        _channel.Publish(new ReplyStarted(ChannelName, replyId, lease.Run, attempt));
        var head = _state.Head;
        var turns = await ReachedAsync(() => TurnsAsync(_state, progress.Reply.MessageSeq, cancellationToken));
        return new BeginReplyResult(
            BeginReplyDecision.Go, new ReplyTask(head.Owner, progress.Reply.PersonaId, head.Conversation.Language, turns));
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
            return new EndReplyResult(Stands: false, ReplyStatus.Cancelled);

        return await ExecuteAsync(() => _state ?? throw JubileeException.NotFound("conversation"), async state =>
        {
            if (state.FindOpen(command.ReplyId) is not { } progress)
                return await EndedBeforeAsync(command, cancellationToken);
            if (progress.Lease is { } held && command.Lease < held)
                return new EndReplyResult(Stands: false, progress.Status);

            await EndAsync(state, progress, write => write.Complete(progress, command, MessageId.New(time)));
            return new EndReplyResult(Stands: true, ReplyStatus.Completed);
        });
    }

    public Task ReplyRetryingAsync(ReplyId replyId, int nextAttempt, TimeSpan delay)
    {
        if (_state?.FindOpen(replyId) is not null)
            _channel.Publish(new ReplyRetrying(ChannelName, replyId, nextAttempt, (long)delay.TotalMilliseconds));
        return Task.CompletedTask;
    }

    public Task ReplyMovedAsync(ReplyId replyId, int position, int? etaSeconds)
    {
        // One that has begun since is past its place.
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
            if (await store.FindFailedAsync(Id, replyId, cancellationToken) is not { } failed)
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

        var standing = progress.Status == ReplyStatus.Queued ? await StandingAsync(replyId) : null;
        return progress.ToReply(standing);
    }

    /// <summary>Ends an open reply. Whatever fails reopens the door for text, unless the activation goes anyway.</summary>
    private async Task EndAsync(ConversationState state, ReplyProgress progress, Func<ConversationWriteBuilder, ConversationWriteBuilder> end)
    {
        progress.Ending = true;
        try
        {
            await CommitAsync(state, end(Writer(state)).Build());
        }
        finally
        {
            progress.Ending = false;
        }
    }

    /// <summary>
    /// "Ended" is said of an end that is stored. A reply that is open there and not here came after this activation had loaded:
    /// another one has written, so this one goes.
    /// </summary>
    private async Task<BeginReplyResult> UnknownReplyAsync(ReplyId replyId, CancellationToken cancellationToken)
    {
        if (_state is not null && await ReachedAsync(() => store.FindReplyAsync(Id, replyId, cancellationToken)) is { EndedAt: null })
        {
            DeactivateOnIdle();
            return new BeginReplyResult(BeginReplyDecision.NotYet, null);
        }

        return new BeginReplyResult(BeginReplyDecision.Ended, null);
    }

    /// <summary>From memory; an old message that is answered again may lie further back, and is asked of the store.</summary>
    private async Task<ImmutableArray<Turn>> TurnsAsync(ConversationState state, long messageSeq, CancellationToken cancellationToken)
    {
        state.Turns ??= new TurnMemory(await store.RecentTurnsAsync(Id, long.MaxValue, TurnMemory.MaxMessages, cancellationToken));
        return state.Turns.Reaches(messageSeq)
            ? state.Turns.UpTo(messageSeq, MaxTurns)
            : new TurnMemory(await store.RecentTurnsAsync(Id, messageSeq, TurnMemory.MaxMessages, cancellationToken)).UpTo(messageSeq, MaxTurns);
    }

    /// <summary>A run that completes twice, because the first answer was lost, is told that its end stands; any other that it does not.</summary>
    private async Task<EndReplyResult> EndedBeforeAsync(CompleteReply command, CancellationToken cancellationToken)
    {
        var reply = await store.FindReplyAsync(Id, command.ReplyId, cancellationToken) ?? throw JubileeException.NotFound("reply");
        return new EndReplyResult(reply.Status == ReplyStatus.Completed && reply.Text == command.Text, reply.Status);
    }

    private async Task<JobStanding?> StandingAsync(ReplyId replyId)
    {
        var asked = Queue().StandingAsync(JobId.Of(replyId), CancellationToken.None);
        try
        {
            return await asked.WaitAsync(OfferPatience, time);
        }
        catch (Exception exception)
        {
            asked.Ignore();
            LogOfferLost(exception, Id, 1);
            return null;
        }
    }
}
