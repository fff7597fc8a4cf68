using JubileeVerse.Realtime;

namespace JubileeVerse.Testing.Clusters;

/// <summary>A gateway that remembers every frame, and lets a test wait for one.</summary>
public sealed class RecordingGateway : IGatewayObserver
{
    private readonly Lock _lock = new();
    private readonly List<ChannelFrame> _frames = [];
    private readonly List<ChannelName> _moved = [];
    private TaskCompletionSource _arrived = NewSignal();

    /// <summary>All frames so far, in the order of their arrival.</summary>
    public IReadOnlyList<ChannelFrame> Frames
    {
        get
        {
            lock (_lock)
                return [.. _frames];
        }
    }

    /// <summary>Channels of which it was told that they have a new owner, in order.</summary>
    public IReadOnlyList<ChannelName> Moved
    {
        get
        {
            lock (_lock)
                return [.. _moved];
        }
    }

    public Task DeliverAsync(GatewayBatch batch)
    {
        lock (_lock)
        {
            _frames.AddRange(batch.Frames);
            _moved.AddRange(batch.Moved);
            _arrived.TrySetResult();
            _arrived = NewSignal();
        }

        return Task.CompletedTask;
    }

    /// <summary>Completes when the frames so far satisfy the condition.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<ChannelFrame>, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrived;
            lock (_lock)
            {
                if (condition(_frames))
                    return;
                arrived = _arrived.Task;
            }

            await arrived.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Completes when it has been told so often that the channel has a new owner.</summary>
    public Task UntilMovedAsync(ChannelName channel, int times, CancellationToken cancellationToken) =>
        UntilAsync(_ => _moved.Count(moved => moved == channel) >= times, cancellationToken);

    /// <summary>The first frame of the type that satisfies the condition, now or later.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool> condition, CancellationToken cancellationToken)
        where T : ChannelFrame
    {
        await UntilAsync(frames => frames.OfType<T>().Any(condition), cancellationToken);
        return Frames.OfType<T>().First(condition);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
