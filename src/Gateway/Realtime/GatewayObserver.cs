using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Receives batches from every silo. A batch may come twice (its acknowledgement was lost): it is applied once. A silo whose
/// numbers jump has dropped frames, or has given us up and begun again at 1; either way its channels are attached anew.
/// </summary>
internal sealed partial class GatewayObserver(ChannelDirectory channels, ILogger<GatewayObserver> logger) : IGatewayObserver
{
    /// <summary>Runs of silos remembered; more than a cluster has, even after many restarts.</summary>
    private const int MaxSilos = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, GatewayBatch> _lastBatches = [];

    public Task DeliverAsync(GatewayBatch batch)
    {
        lock (_gate)
        {
            var last = _lastBatches.GetValueOrDefault(batch.Silo);
            if (IsRepeat(batch, last))
                return Task.CompletedTask;

            if (_lastBatches.Count >= MaxSilos)
                _lastBatches.Clear();
            _lastBatches[batch.Silo] = batch;

            foreach (var frame in batch.Frames)
                channels.Find(frame.Channel)?.Apply(frame);

            if (batch.FramesLost || (last is not null && batch.Sequence != last.Sequence + 1))
            {
                LogFramesLost(batch.Silo, last?.Sequence ?? 0, batch.Sequence);
                channels.LoseFrames(batch.Silo);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The number alone does not tell: a silo that has begun again sends another batch under it.</summary>
    private static bool IsRepeat(GatewayBatch batch, GatewayBatch? last) =>
        last is not null && batch.Sequence == last.Sequence && batch.Frames.SequenceEqual(last.Frames);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Frames of silo {Silo} were lost between batches {Last} and {Sequence}: its channels are attached again.")]
    private partial void LogFramesLost(string silo, long last, long sequence);
}
