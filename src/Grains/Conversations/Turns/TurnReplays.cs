using System.Collections.Immutable;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Errors;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations.Turns;

/// <summary>The turns that were stored with a client's key, so that a repeated request stores nothing and returns the same turn.</summary>
internal sealed class TurnReplays(ConversationId id, IConversationStore store, ReplyQueueClient queue)
{
    private readonly RecentTurns _recent = new();

    public void Add(TurnRequest request, Message message, ImmutableArray<Reply> replies) =>
        _recent.Add(request.ClientKey, new StoredTurn(message, request.Hash, replies));

    /// <summary>The turn, if this activation still has it in memory.</summary>
    public StoredTurn? FindRecent(TurnRequest request) => _recent.TryGet(request.ClientKey, out var turn) ? turn : null;

    public Task<StoredTurn?> FindStoredAsync(TurnRequest request, CancellationToken cancellationToken) =>
        store.FindTurnAsync(id, request.ClientKey, cancellationToken);

    /// <summary>The result when the commit has found the key, which is older than this activation's recent turns.</summary>
    public async Task<PostResult> ReplayStoredAsync(ConversationState state, TurnRequest request, CancellationToken cancellationToken)
    {
        var known = await FindStoredAsync(request, cancellationToken) ?? throw JubileeException.NotFound("message");
        return await ReplayAsync(state, request, known, cancellationToken);
    }

    /// <summary>
    /// A refusal promises that nothing was stored. The key is therefore looked up first, because it may belong to a post whose response was
    /// lost.
    /// </summary>
    public async Task<PostResult> RefuseAsync(
        ConversationState state, TurnRequest request, Refusal refusal, CancellationToken cancellationToken) =>
        await FindStoredAsync(request, cancellationToken) is { } stored
            ? await ReplayAsync(state, request, stored, cancellationToken)
            : new PostResult(null, refusal);

    /// <summary>
    /// A repeated key returns the same message with the present state of its replies. The same key with another body is an error of the
    /// client.
    /// </summary>
    public async Task<PostResult> ReplayAsync(
        ConversationState state, TurnRequest request, StoredTurn known, CancellationToken cancellationToken)
    {
        if (known.RequestHash != request.Hash)
        {
            return new PostResult(
                null, new Refusal(ErrorCode.IdempotencyMismatch, "This idempotency key was already used with a different request body."));
        }

        var statuses = await queue.OfferAsync(state);
        var replies = ImmutableArray.CreateBuilder<Reply>(known.Replies.Length);
        foreach (var reply in known.Replies)
        {
            replies.Add(state.FindOpen(reply.Id)?.ToReply(statuses)
                ?? await store.FindReplyAsync(id, reply.Id, cancellationToken) ?? reply);
        }

        return new PostResult(new PostedTurn(known.Message, replies.ToImmutable(), Replayed: true), null);
    }
}
