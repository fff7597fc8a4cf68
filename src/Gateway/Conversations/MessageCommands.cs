using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Conversations.Requests;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Personas;

namespace JubileeVerse.Gateway.Conversations;

/// <summary>Commands of a user on messages, shared by the HTTP endpoints and the hub.</summary>
internal static class MessageCommands
{
    /// <param name="request">Must have been validated.</param>
    /// <param name="cancellationToken">Honoured only until the turn is being committed.</param>
    public static async Task<PostResult> PostAsync(
        IGrainFactory grains,
        UserId userId,
        ConversationId id,
        PostMessageRequest request,
        IdempotencyKey key,
        CancellationToken cancellationToken)
    {
        var personas = await PersonaNames.ResolveAsync(grains, request.Personas, cancellationToken);
        var command = new PostMessage(userId, request.Content!, key.Value, personas, request.Language);
        // The caller's token is not passed on, because a turn that is being committed counts as posted even if the caller disconnects.
        return await grains.GetGrain<IConversationGrain>(id.Value).PostAsync(command, CancellationToken.None);
    }

    /// <summary>Throws <c>NotFound</c> for a message that the user does not own.</summary>
    public static async Task<PostResult> RegenerateAsync(
        IGrainFactory grains, UserId userId, MessageId id, IdempotencyKey key, CancellationToken cancellationToken)
    {
        var message = await grains.GetGrain<IConversationQueriesGrain>(0).FindMessageAsync(userId, id, cancellationToken)
            ?? throw JubileeException.NotFound("message");
        return await grains.GetGrain<IConversationGrain>(message.ConversationId.Value)
            .RegenerateAsync(userId, id, key.Value, CancellationToken.None);
    }

    public static Task MarkReadAsync(
        IGrainFactory grains, UserId userId, ConversationId id, MarkReadRequest request, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        return grains.GetGrain<IConversationGrain>(id.Value).MarkReadAsync(userId, request.Seq!.Value, cancellationToken);
    }
}
