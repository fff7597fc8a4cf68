using JubileeVerse.Bench.Realtime.Connections;
using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>The costs of idle connections in the server process, with only keep-alive messages.</summary>
/// <param name="BytesPerConnection">
/// Resident memory per connection, measured after full garbage collections without and with the connections.
/// </param>
/// <param name="ProcessorTimePerConnection">
/// CPU time per connection over <see cref="IdleTime"/>, minus that of a process without connections.
/// </param>
internal sealed record IdleCost(double BytesPerConnection, TimeSpan ProcessorTimePerConnection)
{
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    /// <summary>Connections that are opened before the first measurement, which pay for compilation and one-time allocations.</summary>
    private const int WarmUpCount = 500;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>Delay after which a gateway has detached from the channels of users without a connection.</summary>
    private static readonly TimeSpan DetachDelay = TimeSpan.FromSeconds(15);

    public static Task<IdleCost> MeasureConnectionsAsync(
        IRealtimeServer server, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken) =>
        MeasureAsync(
            server,
            visitors,
            async some =>
            {
                var crowd = await ConnectionGroup.OpenAsync(server, some, cancellationToken);
                return (crowd, crowd.EnsureOpen);
            },
            cancellationToken);

    public static Task<IdleCost> MeasureEventsAsync(
        IRealtimeServer server, string path, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken) =>
        MeasureAsync(
            server,
            visitors,
            async some =>
            {
                var crowd = await EventConnectionGroup.OpenAsync(server.Address, path, some, cancellationToken);
                return (crowd, crowd.EnsureOpen);
            },
            cancellationToken);

    private static async Task<IdleCost> MeasureAsync(
        IRealtimeServer server,
        IReadOnlyList<Visitor> visitors,
        Func<IReadOnlyList<Visitor>, Task<(IAsyncDisposable Crowd, Action ShouldBeOpen)>> gather,
        CancellationToken cancellationToken)
    {
        var warmUp = await gather([.. visitors.Take(WarmUpCount)]);
        await warmUp.Crowd.DisposeAsync();
        await WaitAsync(DetachDelay, cancellationToken);
        var without = await SettledAsync(server, cancellationToken);
        await WaitAsync(IdleTime, cancellationToken);
        var alone = ProcessReading.Read(server.ProcessId).ProcessorTime - without.ProcessorTime;

        var (crowd, shouldBeOpen) = await gather(visitors);
        await using var leaves = crowd;
        var with = await SettledAsync(server, cancellationToken);
        await WaitAsync(IdleTime, cancellationToken);
        var later = ProcessReading.Read(server.ProcessId);
        shouldBeOpen();
        return new IdleCost(
            (double)(with.ResidentBytes - without.ResidentBytes) / visitors.Count,
            (later.ProcessorTime - with.ProcessorTime - alone) / visitors.Count);
    }

    private static async Task<ProcessReading> SettledAsync(IRealtimeServer server, CancellationToken cancellationToken)
    {
        await WaitAsync(Settling, cancellationToken);
        await server.CollectAsync(cancellationToken);
        await WaitAsync(Settling, cancellationToken);
        return ProcessReading.Read(server.ProcessId);
    }

    private static Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) =>
        Task.Delay(time, TimeProvider.System, cancellationToken);
}
