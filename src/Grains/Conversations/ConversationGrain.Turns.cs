using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;
using JubileeVerse.Storage;

namespace JubileeVerse.Conversations;

/// <content>Turns: admission, the commit, the offer to the queue, and the result for a repeated idempotency key.</content>
internal sealed partial class ConversationGrain
{
    /// <summary>
    /// Asks the queue's load and the account for admission before anything is stored. Replies that were admitted and then not stored are
    /// released, so that a failed post does not use up the user's quota.
    /// </summary>
    private async Task<PostResult> AdmitAsync(
        ConversationState state,
        string clientKey,
        string hash,
        int replies,
        CancellationToken cancellationToken,
        Func<ImmutableArray<ReplyId>, Admission, Task<PostResult>> admitted)
    {
        var refusal = ConversationRules.RefuseWhenBusy(state.Head.Conversation.OnBusy, state.Open.Count)
            ?? loads.Reserve(QueueNames.AiResponse, replies, ReplyQueue.MaxOpen);
        if (refusal is not null)
            return await RefuseAsync(refusal, clientKey, hash, cancellationToken);

        // An unknown outcome counts as stored: nothing is released then, and the account reconciles with the table later.
        var isStored = false;
        try
        {
            var ids = NewReplyIds(replies);
            var account = Account(state);
            var admission = await account.AdmitAsync(ids, cancellationToken);
            if (admission.Refusal is not null)
                return await RefuseAsync(admission.Refusal, clientKey, hash, cancellationToken);

            isStored = true;
            try
            {
                var result = await admitted(ids, admission);
                isStored = result.Turn is { Replayed: false };
                return result;
            }
            catch (StaleWriterException)
            {
                isStored = false;
                throw;
            }
            finally
            {
                if (!isStored)
                    account.ReplyEndedAsync(ids, CancellationToken.None).Ignore();
            }
        }
        finally
        {
            loads.Release(QueueNames.AiResponse, replies, isStored);
        }
    }

    /// <summary>
    /// A refusal promises that nothing was stored. The key is therefore looked up first, because it may belong to a post whose response was
    /// lost.
    /// </summary>
    private async Task<PostResult> RefuseAsync(Refusal refusal, string clientKey, string hash, CancellationToken cancellationToken) =>
        await FindTurnAsync(clientKey, cancellationToken) is { } stored
            ? await ReplayAsync(stored, hash, cancellationToken)
            : new PostResult(null, refusal);

    private Task<StoredTurn?> FindTurnAsync(string clientKey, CancellationToken cancellationToken) =>
        store.FindTurnAsync(Id, clientKey, cancellationToken);

    private async Task<PostResult> CommitTurnAsync(
        ConversationState state,
        ConversationWrite write,
        string clientKey,
        string hash,
        CancellationToken cancellationToken,
        Message? repliedMessage = null)
    {
        try
        {
            await CommitAsync(state, write);
        }
        catch (DuplicateKeyException)
        {
            // The key is older than this activation's recent turns; the store has its turn.
            foreach (var progress in state.Open)
                progress.IsEnding = false;
            var known = await FindTurnAsync(clientKey, cancellationToken) ?? throw JubileeException.NotFound("message");
            return await ReplayAsync(known, hash, cancellationToken);
        }

        CancelJobs([.. write.EndedReplies.Select(reply => reply.Id)]);
        var statuses = await OfferAsync();
        var replies = write.NewReplies.Select(reply => ToReply(reply.Id, statuses)).OfType<Reply>().ToImmutableArray();
        foreach (var reply in replies.Where(reply => reply.Status == ReplyStatus.Queued))
            _channel.Publish(new ReplyQueued(ChannelName, Id, reply.Id, reply.PersonaId, reply.Position, reply.EtaSeconds));

        var message = repliedMessage ?? write.Messages[^1].Message;
        _recent.Add(clientKey, new StoredTurn(message, hash, replies));
        return new PostResult(new PostedTurn(message, replies, Replayed: false), null);
    }

    /// <summary>
    /// A repeated key returns the same message with the present state of its replies. The same key with another body is an error of the
    /// client.
    /// </summary>
    private async Task<PostResult> ReplayAsync(StoredTurn known, string hash, CancellationToken cancellationToken)
    {
        if (known.RequestHash != hash)
        {
            return new PostResult(
                null, new Refusal(ErrorCode.IdempotencyMismatch, "This idempotency key was already used with a different request body."));
        }

        var statuses = await OfferAsync();
        var replies = ImmutableArray.CreateBuilder<Reply>(known.Replies.Length);
        foreach (var reply in known.Replies)
            replies.Add(ToReply(reply.Id, statuses) ?? await store.FindReplyAsync(Id, reply.Id, cancellationToken) ?? reply);
        return new PostResult(new PostedTurn(known.Message, replies.ToImmutable(), Replayed: true), null);
    }

    /// <summary>
    /// Offers every open job of the conversation to the queue, so that a lost offer is repaired by the next. The result is empty when the
    /// queue does not respond in time: the jobs are stored, and the queue finds them in the table.
    /// </summary>
    private async Task<ImmutableArray<JobStatus>> OfferAsync()
    {
        ImmutableArray<Job> jobs = [.. _state?.Open.Select(progress => progress.Reply.Job).OfType<Job>() ?? []];
        if (jobs.IsEmpty)
            return [];

        var offer = Queue().OfferAsync(jobs, CancellationToken.None);
        try
        {
            return await offer.WaitAsync(OfferTimeout, time);
        }
        catch (Exception exception)
        {
            offer.Ignore();
            LogQueueUnavailable(exception, Id, jobs.Length);
            return [];
        }
    }

    private Reply? ToReply(ReplyId id, ImmutableArray<JobStatus> statuses) =>
        _state?.FindOpen(id)?.ToReply(statuses.FirstOrDefault(status => status.Id == JobId.From(id)));

    private void CancelJobs(ImmutableArray<ReplyId> replies)
    {
        foreach (var reply in replies)
            Queue().CancelAsync(JobId.From(reply), CancellationToken.None).Ignore();
    }

    private ImmutableArray<ReplyId> CancelAll(ConversationState state, ConversationWriteBuilder write, string reason)
    {
        foreach (var progress in state.Open)
        {
            progress.IsEnding = true;
            write.Cancel(progress, reason, MessageId.New(time));
        }

        return [.. state.Open.Select(progress => progress.Reply.Id)];
    }
}
