namespace JubileeVerse.Realtime;

/// <summary>What a link is made of.</summary>
[GenerateSerializer, Alias("LinkTransport")]
public enum LinkTransport
{
    /// <summary>The stream of one reply.</summary>
    ReplyStream = 0,

    /// <summary>Server-sent events of channels.</summary>
    EventStream = 1,

    /// <summary>The hub.</summary>
    Hub = 2,
}
