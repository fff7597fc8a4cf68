namespace JubileeVerse.Gateway.Realtime.Admin;

/// <param name="Connections">The number of the user's connections that were affected.</param>
internal sealed record ConnectionsResponse(int Connections);
