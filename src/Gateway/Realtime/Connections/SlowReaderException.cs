namespace JubileeVerse.Gateway.Realtime.Connections;

/// <summary>Thrown when the client has not read what it was sent for too long; it may reconnect and catch up.</summary>
internal sealed class SlowReaderException() : Exception("The client reads too slowly.");
