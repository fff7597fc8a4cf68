using JubileeVerse.Realtime;

namespace JubileeVerse.Bench.Realtime.Measured;

/// <summary>A gateway that only counts frames.</summary>
internal sealed class CountingGateway : IGatewayObserver
{
    private long _frames;
    private long _batches;

    public long Frames => Interlocked.Read(ref _frames);

    public long Batches => Interlocked.Read(ref _batches);

    public Task DeliverAsync(GatewayBatch batch)
    {
        Interlocked.Add(ref _frames, batch.Frames.Count);
        Interlocked.Increment(ref _batches);
        return Task.CompletedTask;
    }
}
