using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Personas;

namespace JubileeVerse.Conversations;

/// <summary>Post a message and ask for replies.</summary>
/// <param name="UserId">Who posts; from the session, never from the request.</param>
/// <param name="Content">1 to 8,000 UTF-16 code units, no U+0000, no lone surrogates.</param>
/// <param name="ClientMessageId">The idempotency key, 1 to 100 characters; minted by the gateway where the client gave none.</param>
/// <param name="Personas">Who shall answer, in this order; empty: the conversation's first.</param>
/// <param name="Language">BCP 47 of the message; null where unknown.</param>
[GenerateSerializer, Immutable, Alias("PostMessage")]
public sealed record PostMessage(
    UserId UserId,
    string Content,
    string ClientMessageId,
    ImmutableArray<PersonaId> Personas,
    string? Language)
{
    public const int MaxContentLength = 8000;
    public const int MaxClientMessageIdLength = 100;
}
