namespace JubileeVerse.Accounts;

/// <summary>A stored session: what the gateway needs to authenticate the user again.</summary>
/// <param name="Payload">The gateway's own serialized ticket; opaque to the store.</param>
/// <param name="ExpiresAt">When the session expires unless it is renewed.</param>
[GenerateSerializer, Immutable, Alias("SessionTicket")]
public sealed record SessionTicket(UserId UserId, byte[] Payload, DateTimeOffset ExpiresAt);
