using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Personas;

namespace JubileeVerse.Gateway.Conversations;

/// <summary>What a person does with messages, whichever way the command has come.</summary>
internal static class MessageCommands
{
    /// <param name="grains">The cluster.</param>
    /// <param name="userId">Who posts.</param>
    /// <param name="id">Where.</param>
    /// <param name="request">A valid one.</param>
    /// <param name="key">Under which it is known when it comes again.</param>
    /// <param name="cancellationToken">Of the caller, who may leave until the turn is being committed.</param>
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
        // Not the caller's token: who hangs up while the turn is being committed has still posted it.
        return await grains.GetGrain<IConversationGrain>(id.Value).PostAsync(command, CancellationToken.None);
    }

    /// <summary>Throws where there is no such message of theirs.</summary>
    public static async Task<PostResult> RegenerateAsync(
        IGrainFactory grains, UserId userId, MessageId id, IdempotencyKey key, CancellationToken cancellationToken)
    {
        var message = await grains.GetGrain<IConversationQueries>(0).FindMessageAsync(userId, id, cancellationToken)
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
