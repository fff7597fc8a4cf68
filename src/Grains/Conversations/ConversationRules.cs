using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using JubileeVerse.Errors;
using JubileeVerse.Personas;

namespace JubileeVerse.Conversations;

/// <summary>What may be posted, who answers, and what a repeated key means. Pure.</summary>
internal static class ConversationRules
{
    public const int MaxTitleLength = 120;
    public const int MaxPersonas = 8;
    private const int MaxTitleFromMessageLength = 60;

    /// <summary>Throws <c>InvalidRequest</c> naming the field. The gateway checks first; a grain trusts nobody.</summary>
    public static void CheckPost(PostMessage command)
    {
        if (string.IsNullOrWhiteSpace(command.Content) || command.Content.Length > PostMessage.MaxContentLength)
            throw JubileeException.Invalid("content", $"Must have 1 to {PostMessage.MaxContentLength} characters that are not all white space.");
        CheckStorable("content", command.Content);
        if (command.ClientMessageId.Length is 0 or > PostMessage.MaxClientMessageIdLength)
            throw JubileeException.Invalid("clientMessageId", $"Must have 1 to {PostMessage.MaxClientMessageIdLength} characters.");
        CheckStorable("clientMessageId", command.ClientMessageId);
    }

    public static void CheckTitle(string? title)
    {
        if (title is null)
            return;
        if (string.IsNullOrWhiteSpace(title) || title.Length > MaxTitleLength)
            throw JubileeException.Invalid("title", $"Must have 1 to {MaxTitleLength} characters.");
        CheckStorable("title", title);
    }

    /// <summary>Who answers, in which order: those who were asked, else the conversation's first.</summary>
    public static ImmutableArray<PersonaId> Answerers(Conversation conversation, ImmutableArray<PersonaId> asked)
    {
        if (asked.IsDefaultOrEmpty)
            return [conversation.Personas[0]];
        if (asked.Any(persona => !conversation.Personas.Contains(persona)))
            throw new JubileeException(ErrorCode.UnknownPersona, "Every persona that shall answer must take part in the conversation.", "personas");
        return [.. asked.Distinct()];
    }

    /// <summary>What a client's key stands for: the same key with another hash is a mistake of the client.</summary>
    public static string RequestHash(PostMessage command)
    {
        var text = $"{command.Content}\n{command.Language}\n{string.Join(',', command.Personas.IsDefault ? [] : command.Personas)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public static Refusal? RefuseWhenBusy(OnBusy onBusy, int openReplies) => onBusy == OnBusy.Reject && openReplies > 0
        ? new Refusal(ErrorCode.ReplyInProgress, "A reply of this conversation is still in progress.")
        : null;

    public static string TitleFrom(string firstMessage) => PreviewText.Of(firstMessage, MaxTitleFromMessageLength);

    /// <summary>PostgreSQL cannot hold U+0000, and a lone surrogate is no text at all.</summary>
    private static void CheckStorable(string field, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
                throw JubileeException.Invalid(field, "Must not contain U+0000 or half of a surrogate pair.");
        }
    }
}
