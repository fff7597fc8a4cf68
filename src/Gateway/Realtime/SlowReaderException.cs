namespace JubileeVerse.Gateway.Realtime;

/// <summary>The client has not taken what it was sent for too long; it may come back and catch up.</summary>
internal sealed class SlowReaderException() : Exception("The client reads too slowly.");
