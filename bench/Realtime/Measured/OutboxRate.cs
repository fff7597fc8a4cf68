using System.Net;
using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using JubileeVerse.Silo;
using JubileeVerse.Testing.Processes;
using JubileeVerse.Testing.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>
/// Frames from a silo's outbox to a client of the cluster that has attached as a gateway does, over a real connection. Silo and client are in
/// this process.
/// </summary>
internal static class OutboxRate
{
    public const int ChannelCount = 200;
    public const int FrameCount = 200_000;

    private const string Piece = "~000000000000000000 ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>One reading a round.</returns>
    public static async Task<IReadOnlyList<OutboxFigures>> RunAsync(BenchStores stores, int rounds, CancellationToken cancellationToken)
    {
        await using var store = await stores.CreateAsync("sqlite");
        var port = LoopbackPort.Free();
        await using var silo = BuildSilo(store, port);
        await silo.StartAsync(cancellationToken);
        using var client = BuildClient(port);
        await client.StartAsync(cancellationToken);

        var grains = client.Services.GetRequiredService<IGrainFactory>();
        var gateway = new CountingGateway();
        var id = GatewayId.New(TimeProvider.System);
        await grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value).AttachAsync(
            new GatewaySubscription(id, 1, grains.CreateObjectReference<IGatewayObserver>(gateway)), null, 0, []);

        var outboxes = silo.Services.GetRequiredService<IGatewayOutboxes>();
        var channels = Enumerable.Range(0, ChannelCount).Select(_ => ChannelName.Of(ConversationId.New(TimeProvider.System))).ToArray();
        var reply = ReplyId.New(TimeProvider.System);
        var figures = new List<OutboxFigures>();
        for (var round = 0; round <= rounds; round++)
            figures.Add(await RoundAsync(gateway, outboxes, id, i => new ReplyDelta(channels[i % ChannelCount], reply, 4294967297, i, Piece), cancellationToken));

        await client.StopAsync(cancellationToken);
        await silo.StopAsync(cancellationToken);
        GC.KeepAlive(gateway);

        // The first has paid for what is compiled once.
        return figures[1..];
    }

    private static async Task<OutboxFigures> RoundAsync(
        CountingGateway gateway, IGatewayOutboxes outboxes, GatewayId id, Func<int, ChannelFrame> frame, CancellationToken cancellationToken)
    {
        // Half of what may wait: a frame that is dropped would never be counted.
        var mostWaiting = new RealtimeOptions().OutboxFrames / 2;
        var (framesBefore, batchesBefore) = (gateway.Frames, gateway.Batches);
        var begin = TimeProvider.System.GetTimestamp();
        for (var sent = 0; gateway.Frames - framesBefore < FrameCount;)
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Patience)
                throw new TimeoutException($"{gateway.Frames - framesBefore} of {FrameCount} frames came.");
            while (sent < FrameCount && sent - (gateway.Frames - framesBefore) < mostWaiting)
            {
                if (!outboxes.TrySend(id, frame(sent++)))
                    throw new InvalidOperationException("The silo has no way to the gateway.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }

        var taken = TimeProvider.System.GetElapsedTime(begin);
        return new OutboxFigures(FrameCount / taken.TotalSeconds, (double)FrameCount / (gateway.Batches - batchesBefore));
    }

    private static WebApplication BuildSilo(StoreFixture store, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(store.Configuration);
        // When the client has left, the silo says that it has; what fails before that is thrown.
        builder.Logging.ClearProviders();
        builder.AddStandaloneSilo();
        builder.Services.Configure<EndpointOptions>(endpoints => endpoints.GatewayPort = port);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        return app;
    }

    private static IHost BuildClient(int port)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, port))
            .Configure<ClusterOptions>(cluster =>
                (cluster.ServiceId, cluster.ClusterId) = (ClusteringOptions.DefaultServiceId, ClusteringOptions.StandaloneClusterId)));
        return builder.Build();
    }
}
