namespace JubileeVerse.Gateway.Realtime;

/// <summary>What a reader is to do next.</summary>
/// <param name="Events">To be sent, in this order.</param>
/// <param name="HasEnded">The last of them is the reply's end.</param>
/// <param name="IsMissing">The reply is not open any more: its end must be looked up.</param>
/// <param name="IsLost">Nothing can be heard of it: the link must be closed, so that its client comes back, here or elsewhere.</param>
/// <param name="IsBeat">There is nothing new, and the client is to be told just that.</param>
/// <param name="NeedsPlace">It is queued, and nobody has said where.</param>
/// <param name="IsRunning">Its text has begun, and not ended.</param>
internal readonly record struct ReplyReading(
    IReadOnlyList<ReplyEvent> Events, bool HasEnded, bool IsMissing, bool IsLost, bool IsBeat, bool NeedsPlace, bool IsRunning);
