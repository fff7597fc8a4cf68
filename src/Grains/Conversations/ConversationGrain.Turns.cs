using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations.Turns;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Errors;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;
using JubileeVerse.Storage;

namespace JubileeVerse.Conversations;

/// <content>
/// Turns: a request is decided on the state in memory, admitted, committed, published and offered to the queue, in this order.
/// </content>
internal sealed partial class ConversationGrain
{
    public Task<PostResult> PostAsync(PostMessage command, CancellationToken cancellationToken)
    {
        ConversationRules.CheckPost(command);
        var request = new TurnRequest(command.ClientMessageId, ConversationRules.RequestHash(command));
        return _conversation.ExecuteAsync(async () =>
        {
            var state = _conversation.StateOf(command.UserId);
            if (_replays.FindRecent(request) is { } recent)
                return await _replays.ReplayAsync(state, request, recent, cancellationToken);

            // The key is looked up before open replies are cancelled, because the post may already be stored.
            if (state.Head.Conversation.OnBusy == OnBusy.Interrupt && state.Open.Count > 0
                && await _replays.FindStoredAsync(request, cancellationToken) is { } stored)
                return await _replays.ReplayAsync(state, request, stored, cancellationToken);

            var personas = ConversationRules.SelectPersonas(state.Head.Conversation, command.Personas);
            if (ConversationRules.RefuseWhenBusy(state) is { } busy)
                return await _replays.RefuseAsync(state, request, busy, cancellationToken);

            await using var admission = await AdmitAsync(state, personas.Length, cancellationToken);
            if (!admission.IsAdmitted)
                return await _replays.RefuseAsync(state, request, admission.Refusal, cancellationToken);

            var before = state.Head;
            var write = CreateTurnWriter(state).Post(command, request.Hash, personas, admission.Replies, admission.Terms);
            if (!await TryCommitAsync(state, write, admission))
                return await _replays.ReplayStoredAsync(state, request, cancellationToken);

            Publish(before, write);
            return await OfferAsync(state, request, write, write.Messages[^1].Message);
        });
    }

    public Task<PostResult> RegenerateAsync(UserId userId, MessageId messageId, string clientKey, CancellationToken cancellationToken) =>
        _conversation.ExecuteAsync(async () =>
        {
            var state = _conversation.StateOf(userId);
            var target = await store.FindWithRepliesAsync(Id, messageId, cancellationToken) ?? throw JubileeException.NotFound("message");
            var request = new TurnRequest(clientKey, Hash: target.Message.Id.ToString());
            if (_replays.FindRecent(request) is { } recent)
                return await _replays.ReplayAsync(state, request, recent, cancellationToken);
            if (ConversationRules.RefuseWhenBusy(state) is { } busy)
                return await _replays.RefuseAsync(state, request, busy, cancellationToken);

            await using var admission = await AdmitAsync(state, target.FirstReplies.Length, cancellationToken);
            if (!admission.IsAdmitted)
                return await _replays.RefuseAsync(state, request, admission.Refusal, cancellationToken);

            var before = state.Head;
            var write = CreateTurnWriter(state).Regenerate(target, clientKey, admission.Replies, admission.Terms);
            if (!await TryCommitAsync(state, write, admission))
                return await _replays.ReplayStoredAsync(state, request, cancellationToken);

            Publish(before, write);
            return await OfferAsync(state, request, write, target.Message);
        });

    private Task<TurnAdmission> AdmitAsync(ConversationState state, int replies, CancellationToken cancellationToken) =>
        TurnAdmission.RequestAsync(
            loads,
            ReplyQueue.MaxOpen,
            Account(state.Head),
            [.. Enumerable.Range(0, replies).Select(_ => ReplyId.New(time))],
            cancellationToken);

    /// <summary>
    /// Commits a turn and keeps its admission, unless nothing was stored. An unknown outcome counts as stored. Returns false when an
    /// earlier turn has the client's key.
    /// </summary>
    private async Task<bool> TryCommitAsync(ConversationState state, ConversationWrite write, TurnAdmission admission)
    {
        try
        {
            await _conversation.CommitAsync(state, write);
            admission.Keep();
            return true;
        }
        catch (DuplicateKeyException)
        {
            foreach (var progress in state.Open)
                progress.IsEnding = false;
            return false;
        }
        catch (Exception exception) when (exception is not StaleWriterException)
        {
            admission.Keep();
            throw;
        }
    }

    /// <summary>Offers a committed turn to the queue, and returns it with the positions of its replies.</summary>
    private async Task<PostResult> OfferAsync(ConversationState state, TurnRequest request, ConversationWrite write, Message message)
    {
        _queue.Cancel(write.ReplyEnds.Select(reply => reply.Id));
        var statuses = await _queue.OfferAsync(state);
        ImmutableArray<Reply> replies =
            [.. write.NewReplies.Select(reply => state.FindOpen(reply.Id)?.ToReply(statuses)).OfType<Reply>()];
        foreach (var reply in replies.Where(reply => reply.Status == ReplyStatus.Queued))
            _channel.Publish(new ReplyQueued(ChannelName, Id, reply.Id, reply.PersonaId, reply.Position, reply.EtaSeconds));

        _replays.Add(request, message, replies);
        return new PostResult(new PostedTurn(message, replies, Replayed: false), null);
    }
}
