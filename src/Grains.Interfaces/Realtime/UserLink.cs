namespace JubileeVerse.Realtime;

/// <summary>One live link of a person, as their grain knows it.</summary>
/// <param name="Id">Chosen by the gateway; unique over all of them.</param>
/// <param name="Transport">What it is made of.</param>
/// <param name="Session">Names the session behind it and tells nothing of its key; null where it cannot be known.</param>
/// <param name="ConnectedAt">When it came. The oldest is closed when there are too many.</param>
[GenerateSerializer, Immutable, Alias("UserLink")]
public sealed record UserLink(string Id, LinkTransport Transport, string? Session, DateTimeOffset ConnectedAt);
