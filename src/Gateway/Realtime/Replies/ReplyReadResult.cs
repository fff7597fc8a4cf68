namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>The result of reading a reply.</summary>
/// <param name="Events">The events to send, in this order.</param>
/// <param name="HasEnded">True when the last event is the reply's end.</param>
/// <param name="IsMissing">True when the reply is no longer open and its end must be read from the store.</param>
/// <param name="IsOwnerUnreachable">
/// True when the owner is unreachable; the connection must be closed, so that its client reconnects to this or another gateway.
/// </param>
/// <param name="NeedsQueuePosition">True when the reply is queued and its queue position is unknown.</param>
/// <param name="IsRunning">True when the reply's text has begun and the reply has not ended.</param>
internal readonly record struct ReplyReadResult(
    IReadOnlyList<ReplyEvent> Events,
    bool HasEnded,
    bool IsMissing,
    bool IsOwnerUnreachable,
    bool NeedsQueuePosition,
    bool IsRunning);
