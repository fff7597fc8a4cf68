namespace JubileeVerse.Realtime.Presence;

/// <summary>A user's connection and the gateway that hosts it.</summary>
internal readonly record struct HostedConnection(GatewayId Gateway, UserConnection Connection);
