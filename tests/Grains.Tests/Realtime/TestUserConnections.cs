using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Grains.Tests.Realtime;

/// <summary>Creates connections with defaults for the values that a test does not use.</summary>
internal static class TestUserConnections
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <param name="id">The connection's id.</param>
    /// <param name="second">The connection time in seconds after a fixed start.</param>
    /// <param name="session">The id of its session, or null.</param>
    public static UserConnection Connection(string id, int second = 0, string? session = null) =>
        new(id, ConnectionTransport.Hub, session, Start.AddSeconds(second));

    public static ImmutableArray<UserConnection> Connections(params ReadOnlySpan<string> ids)
    {
        var connections = ImmutableArray.CreateBuilder<UserConnection>();
        foreach (var id in ids)
            connections.Add(Connection(id));
        return connections.ToImmutable();
    }
}
