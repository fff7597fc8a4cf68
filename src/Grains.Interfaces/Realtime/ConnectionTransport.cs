namespace JubileeVerse.Realtime;

/// <summary>The transport of a connection.</summary>
[GenerateSerializer, Alias("LinkTransport")]
public enum ConnectionTransport
{
    /// <summary>The stream of one reply.</summary>
    ReplyStream = 0,

    /// <summary>Server-sent events of channels.</summary>
    EventStream = 1,

    /// <summary>The SignalR hub.</summary>
    Hub = 2,
}
