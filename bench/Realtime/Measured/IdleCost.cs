using JubileeVerse.Bench.Realtime.Links;
using JubileeVerse.Bench.Realtime.Servers;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>What links take of the process that has them while nothing is said but that they live.</summary>
/// <param name="BytesPerLink">Of resident memory, after a full collection before and with the links.</param>
/// <param name="ProcessorTimePerLink">For each link, over <see cref="IdleTime"/>; of a process without links it has been taken away.</param>
internal sealed record IdleCost(double BytesPerLink, TimeSpan ProcessorTimePerLink)
{
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    /// <summary>What is compiled and allocated once is so before the first reading.</summary>
    private const int WarmUpLinks = 500;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>A gateway lets go of a person's channel some time after the last link.</summary>
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(15);

    public static Task<IdleCost> OfLinksAsync(IRealtimeServer server, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken) =>
        MeasureAsync(
            server,
            visitors,
            async some =>
            {
                var crowd = await LinkCrowd.GatherAsync(server, some, cancellationToken);
                return (crowd, crowd.ShouldBeOpen);
            },
            cancellationToken);

    public static Task<IdleCost> OfEventsAsync(
        IRealtimeServer server, string path, IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken) =>
        MeasureAsync(
            server,
            visitors,
            async some =>
            {
                var crowd = await EventCrowd.GatherAsync(server.Address, path, some, cancellationToken);
                return (crowd, crowd.ShouldBeOpen);
            },
            cancellationToken);

    private static async Task<IdleCost> MeasureAsync(
        IRealtimeServer server,
        IReadOnlyList<Visitor> visitors,
        Func<IReadOnlyList<Visitor>, Task<(IAsyncDisposable Crowd, Action ShouldBeOpen)>> gather,
        CancellationToken cancellationToken)
    {
        var warmUp = await gather([.. visitors.Take(WarmUpLinks)]);
        await warmUp.Crowd.DisposeAsync();
        await WaitAsync(Leaving, cancellationToken);
        var without = await SettledAsync(server, cancellationToken);
        await WaitAsync(IdleTime, cancellationToken);
        var alone = ProcessReading.Of(server.ProcessId).ProcessorTime - without.ProcessorTime;

        var (crowd, shouldBeOpen) = await gather(visitors);
        await using var leaves = crowd;
        var with = await SettledAsync(server, cancellationToken);
        await WaitAsync(IdleTime, cancellationToken);
        var later = ProcessReading.Of(server.ProcessId);
        shouldBeOpen();
        return new IdleCost(
            (double)(with.ResidentBytes - without.ResidentBytes) / visitors.Count, (later.ProcessorTime - with.ProcessorTime - alone) / visitors.Count);
    }

    private static async Task<ProcessReading> SettledAsync(IRealtimeServer server, CancellationToken cancellationToken)
    {
        await WaitAsync(Settling, cancellationToken);
        await server.CollectAsync(cancellationToken);
        await WaitAsync(Settling, cancellationToken);
        return ProcessReading.Of(server.ProcessId);
    }

    private static Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, TimeProvider.System, cancellationToken);
}
