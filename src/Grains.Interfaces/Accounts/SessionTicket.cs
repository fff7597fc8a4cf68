namespace JubileeVerse.Accounts;

/// <summary>A signed-in session as it is kept: what the gateway needs to know the person again.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Payload">The gateway's own serialized ticket; opaque to the store.</param>
/// <param name="ExpiresAt">When it ends unless renewed.</param>
[GenerateSerializer, Immutable, Alias("SessionTicket")]
public sealed record SessionTicket(UserId UserId, byte[] Payload, DateTimeOffset ExpiresAt);
