namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>A user of a server.</summary>
/// <param name="Cookie">The session cookie; null if the server has no sessions.</param>
/// <param name="Topic">The conversation or room on which the user's replies are published; null until it is chosen.</param>
internal sealed record Visitor(string? Cookie, string? Topic = null);
