namespace JubileeVerse.Bench.Realtime.Links;

/// <summary>What a client says on a WebSocket to be one of a protocol: as little as the protocol demands, as often as its own clients do.</summary>
internal abstract class LinkDialect
{
    /// <summary>With the query.</summary>
    public abstract string Path { get; }

    /// <summary>Said first.</summary>
    public abstract byte[] Hello { get; }

    /// <summary>Said every so often by the client of itself; null where the server asks.</summary>
    public abstract byte[]? Ping { get; }

    /// <summary>The message that says that the link is open.</summary>
    public abstract bool IsOpened(ReadOnlySpan<byte> message);

    /// <summary>What must be said to a message; null is nothing.</summary>
    public abstract byte[]? AnswerTo(ReadOnlySpan<byte> message);
}
