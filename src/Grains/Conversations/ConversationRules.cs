using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Errors;
using JubileeVerse.Personas;
using JubileeVerse.Rules;

namespace JubileeVerse.Conversations;

/// <summary>The rules for posts, replying personas and idempotency keys. Pure functions.</summary>
internal static class ConversationRules
{
    private const int MaxTitleFromMessageLength = 60;

    /// <summary>
    /// Throws <c>InvalidRequest</c> with the field's name. The gateway validates first, but the grain does not rely on it.
    /// </summary>
    public static void CheckPost(PostMessage command)
    {
        JubileeException.ThrowIfInvalid("content", TextField.FindFault(command.Content, InputLimits.MaxContentLength));
        JubileeException.ThrowIfInvalid(
            "clientMessageId", TextField.FindFault(command.ClientMessageId, InputLimits.MaxClientMessageIdLength));
    }

    public static void CheckCreate(CreateConversation command)
    {
        CheckTitle(command.Title);
        JubileeException.ThrowIfInvalid("personas", PersonaCountRule.FindFault(command.Personas.Length));
    }

    public static void CheckTitle(string? title) =>
        JubileeException.ThrowIfInvalid("title", TextField.FindOptionalFault(title, InputLimits.MaxTitleLength));

    /// <summary>
    /// The personas that reply, in order: the requested ones, or the conversation's first persona when none is requested.
    /// </summary>
    public static ImmutableArray<PersonaId> SelectPersonas(Conversation conversation, ImmutableArray<PersonaId> requested)
    {
        if (requested.IsDefaultOrEmpty)
            return [conversation.Personas[0]];
        if (requested.Any(persona => !conversation.Personas.Contains(persona)))
        {
            throw new JubileeException(
                ErrorCode.UnknownPersona, "Every requested persona must be a persona of the conversation.", "personas");
        }

        return [.. requested.Distinct()];
    }

    /// <summary>The hash of the request for an idempotency key. The same key with another hash is an error of the client.</summary>
    public static string RequestHash(PostMessage command)
    {
        var text = $"{command.Content}\n{command.Language}\n{string.Join(',', command.Personas.IsDefault ? [] : command.Personas)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public static Refusal? RefuseWhenBusy(ConversationState state) =>
        state.Head.Conversation.OnBusy == OnBusy.Reject && state.Open.Count > 0
        ? new Refusal(ErrorCode.ReplyInProgress, "A reply in this conversation is still in progress.")
        : null;

    public static string TitleFrom(string firstMessage) => PreviewText.Create(firstMessage, MaxTitleFromMessageLength);
}
