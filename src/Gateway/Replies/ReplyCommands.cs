using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Replies;

/// <summary>What a person does with replies, whichever way the command has come.</summary>
internal static class ReplyCommands
{
    /// <summary>Ends it before its time; one that has ended stays as it is. Throws where there is no such reply of theirs.</summary>
    public static async Task<Reply> CancelAsync(IGrainFactory grains, UserId userId, ReplyId id, CancellationToken cancellationToken)
    {
        var stored = await grains.GetGrain<IConversationQueries>(0).FindReplyAsync(userId, id, cancellationToken)
            ?? throw JubileeException.NotFound("reply");
        return await grains.GetGrain<IConversationGrain>(stored.ConversationId.Value).CancelReplyAsync(userId, id, CancellationToken.None);
    }
}
