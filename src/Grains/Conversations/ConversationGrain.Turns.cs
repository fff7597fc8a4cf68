using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using JubileeVerse.Storage;

namespace JubileeVerse.Conversations;

/// <content>Turns: admission, the commit, the offer to the queue, and what a repeated key is answered.</content>
internal sealed partial class ConversationGrain
{
    /// <summary>
    /// Asks whether these replies may be made, before anything is stored. What was admitted and then not stored is given back,
    /// so that a failed post cannot use up a person's share.
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
            ?? loads.Enter(QueueNames.AiResponse, replies, ReplyQueue.MaxOpen);
        if (refusal is not null)
            return await RefuseAsync(refusal, clientKey, hash, cancellationToken);

        // It counts as stored where that is not known: nothing is given back then, and the account looks at the table by and by.
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
            loads.Leave(QueueNames.AiResponse, replies, isStored);
        }
    }

    /// <summary>A refusal says that nothing was stored, so it must be true: the key may be one whose answer was lost.</summary>
    private async Task<PostResult> RefuseAsync(Refusal refusal, string clientKey, string hash, CancellationToken cancellationToken) =>
        await FindTurnAsync(clientKey, cancellationToken) is { } stored
            ? await ReplayAsync(stored, hash, cancellationToken)
            : new PostResult(null, refusal);

    private Task<StoredTurn?> FindTurnAsync(string clientKey, CancellationToken cancellationToken) =>
        store.FindTurnAsync(Id, clientKey, cancellationToken);

    private async Task<PostResult> CommitTurnAsync(
        ConversationState state, ConversationWrite write, string clientKey, string hash, CancellationToken cancellationToken, Message? repeated = null)
    {
        try
        {
            await CommitAsync(state, write);
        }
        catch (DuplicateKeyException)
        {
            // The key is older than what this activation remembers; the store knows what it stood for.
            foreach (var progress in state.Open)
                progress.Ending = false;
            var known = await FindTurnAsync(clientKey, cancellationToken) ?? throw JubileeException.NotFound("message");
            return await ReplayAsync(known, hash, cancellationToken);
        }

        CancelJobs([.. write.EndedReplies.Select(reply => reply.Id)]);
        var standings = await OfferAsync();
        var replies = write.NewReplies.Select(reply => ToReply(reply.Id, standings)).OfType<Reply>().ToImmutableArray();
        foreach (var reply in replies.Where(reply => reply.Status == ReplyStatus.Queued))
            _channel.Publish(new ReplyQueued(ChannelName, Id, reply.Id, reply.PersonaId, reply.Position, reply.EtaSeconds));

        var message = repeated ?? write.Messages[^1].Message;
        _recent.Add(clientKey, new StoredTurn(message, hash, replies));
        return new PostResult(new PostedTurn(message, replies, Replayed: false), null);
    }

    /// <summary>The same key again: the same message and its replies as they stand now; under another body a mistake of the client.</summary>
    private async Task<PostResult> ReplayAsync(StoredTurn known, string hash, CancellationToken cancellationToken)
    {
        if (known.RequestHash != hash)
            return new PostResult(null, new Refusal(ErrorCode.IdempotencyMismatch, "This idempotency key was used before with another body."));

        var standings = await OfferAsync();
        var replies = ImmutableArray.CreateBuilder<Reply>(known.Replies.Length);
        foreach (var reply in known.Replies)
            replies.Add(ToReply(reply.Id, standings) ?? await store.FindReplyAsync(Id, reply.Id, cancellationToken) ?? reply);
        return new PostResult(new PostedTurn(known.Message, replies.ToImmutable(), Replayed: true), null);
    }

    /// <summary>
    /// Makes every open job of the conversation known to the queue, so that an offer that was lost is repaired by the next.
    /// Empty when the queue is silent: the jobs are stored, and the queue looks at the table itself.
    /// </summary>
    private async Task<ImmutableArray<JobStanding>> OfferAsync()
    {
        ImmutableArray<Job> jobs = [.. _state?.Open.Select(progress => progress.Reply.Job).OfType<Job>() ?? []];
        if (jobs.IsEmpty)
            return [];

        var offer = Queue().OfferAsync(jobs, CancellationToken.None);
        try
        {
            return await offer.WaitAsync(OfferPatience, time);
        }
        catch (Exception exception)
        {
            offer.Ignore();
            LogOfferLost(exception, Id, jobs.Length);
            return [];
        }
    }

    private Reply? ToReply(ReplyId id, ImmutableArray<JobStanding> standings) =>
        _state?.FindOpen(id)?.ToReply(standings.FirstOrDefault(standing => standing.Id == JobId.Of(id)));

    private void CancelJobs(ImmutableArray<ReplyId> replies)
    {
        foreach (var reply in replies)
            Queue().CancelAsync(JobId.Of(reply), CancellationToken.None).Ignore();
    }

    private ImmutableArray<ReplyId> CancelAll(ConversationState state, ConversationWriteBuilder write, string reason)
    {
        foreach (var progress in state.Open)
        {
            progress.Ending = true;
            write.Cancel(progress, reason, MessageId.New(time));
        }

        return [.. state.Open.Select(progress => progress.Reply.Id)];
    }
}
