namespace JubileeVerse.Realtime;

/// <summary>An open connection of a user, as known to the user's grain.</summary>
/// <param name="Id">Chosen by the gateway; unique over all gateways.</param>
/// <param name="Transport">The transport.</param>
/// <param name="Session">Identifies the session without revealing its key; null if the session is unknown.</param>
/// <param name="ConnectedAt">When the connection was opened. The oldest one is closed if there are too many.</param>
[GenerateSerializer, Immutable, Alias("UserLink")]
public sealed record UserConnection(string Id, ConnectionTransport Transport, string? Session, DateTimeOffset ConnectedAt);
