using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Errors;
using JubileeVerse.Personas;

namespace JubileeVerse.Conversations;

/// <summary>The rules for posts, replying personas and idempotency keys. Pure functions.</summary>
internal static class ConversationRules
{
    public const int MaxTitleLength = 120;
    public const int MaxPersonas = 8;
    private const int MaxTitleFromMessageLength = 60;

    /// <summary>
    /// Throws <c>InvalidRequest</c> with the field's name. The gateway validates first, but the grain does not rely on it.
    /// </summary>
    public static void CheckPost(PostMessage command)
    {
        if (string.IsNullOrWhiteSpace(command.Content) || command.Content.Length > PostMessage.MaxContentLength)
        {
            throw JubileeException.Invalid(
                "content", $"Must have 1 to {PostMessage.MaxContentLength} characters that are not all white space.");
        }

        CheckStorable("content", command.Content);
        if (command.ClientMessageId.Length is 0 or > PostMessage.MaxClientMessageIdLength)
            throw JubileeException.Invalid("clientMessageId", $"Must have 1 to {PostMessage.MaxClientMessageIdLength} characters.");
        CheckStorable("clientMessageId", command.ClientMessageId);
    }

    public static void CheckCreate(CreateConversation command)
    {
        CheckTitle(command.Title);
        if (command.Personas.Length is 0 or > MaxPersonas)
            throw JubileeException.Invalid("personas", $"Must list 1 to {MaxPersonas} personas.");
    }

    public static void CheckTitle(string? title)
    {
        if (title is null)
            return;
        if (string.IsNullOrWhiteSpace(title) || title.Length > MaxTitleLength)
            throw JubileeException.Invalid("title", $"Must have 1 to {MaxTitleLength} characters that are not all white space.");
        CheckStorable("title", title);
    }

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

    /// <summary>Rejects U+0000, which PostgreSQL cannot store, and unpaired surrogates, which are not valid text.</summary>
    private static void CheckStorable(string field, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
                throw JubileeException.Invalid(field, "Must not contain U+0000 or an unpaired surrogate.");
        }
    }
}
