using JubileeVerse.Gateway.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A server whose clock can be put forward, which parts from its links at once, and which tells what links it has.</summary>
public sealed class HubServer : StandaloneServer
{
    internal ShiftedTimeProvider Time { get; } = new();

    internal LiveConnections Connections => Services.GetRequiredService<LiveConnections>();

    protected override Dictionary<string, string?> Settings => new(base.Settings)
    {
        ["JubileeVerse:Realtime:DrainDelay"] = "00:00:00",
        ["JubileeVerse:Realtime:DrainWindow"] = "00:00:00",
        ["JubileeVerse:Realtime:DrainReplies"] = "00:00:05",
        // Less than a reply may wait, so that the one can be over before the other.
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
