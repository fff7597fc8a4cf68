using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Replies;

/// <summary>Commands of a user on replies, shared by the HTTP endpoints and the hub.</summary>
internal static class ReplyCommands
{
    /// <summary>
    /// Cancels a reply; a reply that has ended is returned unchanged. Throws <c>NotFound</c> for a reply that the user does not own.
    /// </summary>
    public static async Task<Reply> CancelAsync(IGrainFactory grains, UserId userId, ReplyId id, CancellationToken cancellationToken)
    {
        var stored = await grains.GetGrain<IConversationQueriesGrain>(0).FindReplyAsync(userId, id, cancellationToken)
            ?? throw JubileeException.NotFound("reply");
        return await grains.GetGrain<IConversationGrain>(stored.ConversationId.Value).CancelReplyAsync(userId, id, CancellationToken.None);
    }
}
