using JubileeVerse.Gateway.Realtime.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>
/// A server whose clock can be moved forward, which drains connections without delay, and which exposes its open connections.
/// </summary>
public sealed class HubServer : StandaloneServer
{
    internal ShiftedTimeProvider Time { get; } = new();

    internal LiveConnections Connections => Services.GetRequiredService<LiveConnections>();

    protected override Dictionary<string, string?> Settings => new(base.Settings)
    {
        ["JubileeVerse:Realtime:DrainDelay"] = "00:00:00",
        ["JubileeVerse:Realtime:DrainWindow"] = "00:00:00",
        ["JubileeVerse:Realtime:DrainReplies"] = "00:00:05",
        // Shorter than a reply may wait, so that the token can expire before the reply ends.
        ["JubileeVerse:Sessions:AccessTokenLifetime"] = "00:02:00",
    };

    public static async Task<HubServer> StartAsync()
    {
        var server = new HubServer();
        await server.InitializeAsync();
        return server;
    }

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<TimeProvider>(Time);
}
