using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Testing.Clusters;

/// <summary>A gateway that records every frame and lets a test wait for one.</summary>
public sealed class RecordingGateway : IGatewayObserver
{
    private readonly Lock _lock = new();
    private readonly List<ChannelFrame> _frames = [];
    private readonly List<(ChannelName Channel, string Silo)> _moved = [];
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

    /// <summary>
    /// The channels that were announced as moved to a new owner, each with the silo that announced it (as its outboxes name it), in order.
    /// </summary>
    public IReadOnlyList<(ChannelName Channel, string Silo)> Moved
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
            _moved.AddRange(batch.MovedChannels.Select(channel => (channel, batch.Silo)));
            _arrived.TrySetResult();
            _arrived = NewSignal();
        }

        return Task.CompletedTask;
    }

    /// <summary>Completes when the frames so far satisfy the condition; the timeout lists the frames.</summary>
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

            try
            {
                await arrived.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException(
                    $"Frames: [{string.Join(", ", Frames.Select(frame => frame.GetType().Name))}]. Moved: [{string.Join(", ", Moved)}].",
                    e);
            }
        }
    }

    /// <summary>Completes when the channel has been announced as moved to a new owner.</summary>
    public Task UntilMovedAsync(ChannelName channel, CancellationToken cancellationToken) =>
        UntilAsync(_ => _moved.Any(moved => moved.Channel == channel), cancellationToken);

    /// <summary>Completes when a silo that satisfies the condition has announced the channel as moved to a new owner.</summary>
    public Task UntilMovedAsync(ChannelName channel, Func<string, bool> isSender, CancellationToken cancellationToken) =>
        UntilAsync(_ => _moved.Any(moved => moved.Channel == channel && isSender(moved.Silo)), cancellationToken);

    /// <summary>The first frame of the type that satisfies the condition, now or later.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool> condition, CancellationToken cancellationToken)
        where T : ChannelFrame
    {
        await UntilAsync(frames => frames.OfType<T>().Any(condition), cancellationToken);
        return Frames.OfType<T>().First(condition);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
