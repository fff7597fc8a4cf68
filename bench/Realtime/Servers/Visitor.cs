namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>A person at a server.</summary>
/// <param name="Cookie">The session; null where the server knows nobody.</param>
/// <param name="Topic">What the person's answer is told on: a conversation, a room; null before it is chosen.</param>
internal sealed record Visitor(string? Cookie, string? Topic = null);
