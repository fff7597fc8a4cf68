using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>Links with what a test does not care about filled in.</summary>
internal static class UserLinks
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <param name="id">Its name.</param>
    /// <param name="second">When it came.</param>
    /// <param name="session">The session behind it.</param>
    public static UserLink Link(string id, int second = 0, string? session = null) =>
        new(id, LinkTransport.Hub, session, Start.AddSeconds(second));

    public static ImmutableArray<UserLink> Links(params ReadOnlySpan<string> ids)
    {
        var links = ImmutableArray.CreateBuilder<UserLink>();
        foreach (var id in ids)
            links.Add(Link(id));
        return links.ToImmutable();
    }
}
