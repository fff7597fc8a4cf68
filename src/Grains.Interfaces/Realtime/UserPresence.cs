using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>The presence of a user and their connections.</summary>
/// <param name="Online">As published to others: stays true for a grace period after the last connection was closed.</param>
/// <param name="Connections">The open connections over all gateways, oldest first.</param>
[GenerateSerializer, Immutable, Alias("UserPresence")]
public sealed record UserPresence(bool Online, ImmutableArray<UserConnection> Connections);
