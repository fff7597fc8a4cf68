using System.Net;
using JubileeVerse.Conversations;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Realtime.Outbox;
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
/// Measures frames from a silo's outbox to a cluster client that is attached like a gateway, over a real connection. Silo and client are in
/// this process.
/// </summary>
internal static class OutboxRate
{
    public const int ChannelCount = 200;
    public const int FrameCount = 200_000;

    private const string Piece = "~000000000000000000 ";
    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromSeconds(60);

    /// <returns>One result per round.</returns>
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
        var channels = Enumerable.Range(0, ChannelCount).Select(_ => ChannelName.For(ConversationId.New(TimeProvider.System))).ToArray();
        var reply = ReplyId.New(TimeProvider.System);
        var figures = new List<OutboxFigures>();
        for (var round = 0; round <= rounds; round++)
        {
            figures.Add(await RoundAsync(
                gateway, outboxes, id, i => new ReplyDelta(channels[i % ChannelCount], reply, 4294967297, i, Piece), cancellationToken));
        }


        await client.StopAsync(cancellationToken);
        await silo.StopAsync(cancellationToken);
        GC.KeepAlive(gateway);

        // The first round is a warm-up for the JIT.
        return figures[1..];
    }

    private static async Task<OutboxFigures> RoundAsync(
        CountingGateway gateway,
        IGatewayOutboxes outboxes,
        GatewayId id,
        Func<int, ChannelFrame> frame,
        CancellationToken cancellationToken)
    {
        // Half of the outbox capacity, because a dropped frame would never be counted.
        var maxPending = new RealtimeOptions().OutboxFrames / 2;
        var (framesBefore, batchesBefore) = (gateway.Frames, gateway.Batches);
        var begin = TimeProvider.System.GetTimestamp();
        for (var sent = 0; gateway.Frames - framesBefore < FrameCount;)
        {
            if (TimeProvider.System.GetElapsedTime(begin) > DeliveryTimeout)
                throw new TimeoutException($"{gateway.Frames - framesBefore} of {FrameCount} frames were received.");
            while (sent < FrameCount && sent - (gateway.Frames - framesBefore) < maxPending)
            {
                if (!outboxes.TrySend(id, frame(sent++)))
                    throw new InvalidOperationException("The silo has no outbox for the gateway.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }

        var elapsed = TimeProvider.System.GetElapsedTime(begin);
        return new OutboxFigures(FrameCount / elapsed.TotalSeconds, (double)FrameCount / (gateway.Batches - batchesBefore));
    }

    private static WebApplication BuildSilo(StoreFixture store, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(store.Configuration);
        // Not logged, because the silo reports the disconnected client at the end; earlier failures are thrown.
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
