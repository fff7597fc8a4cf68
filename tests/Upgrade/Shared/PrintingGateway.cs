using JubileeVerse.Realtime;

namespace JubileeVerse.Upgrade;

/// <summary>A gateway that prints the batches that it receives.</summary>
internal sealed class PrintingGateway(TextWriter output) : IGatewayObserver
{
    public Task DeliverAsync(GatewayBatch batch) => output.WriteLineAsync(
        $"batch: {batch.Silo} {batch.Sequence}; moved {string.Join(',', batch.MovedChannels)}; "
        + $"{string.Join(',', batch.Frames.Select(frame => frame.Type))}; "
        + $"unread {batch.Frames.UnreadableCount}");
}
