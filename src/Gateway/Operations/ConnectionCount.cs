namespace JubileeVerse.Gateway.Operations;

/// <summary>Open connections to this gateway over any transport, and their distinct users.</summary>
internal sealed record ConnectionCount(int Connections, int Users);
