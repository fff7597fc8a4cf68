using JubileeVerse.Realtime;

namespace JubileeVerse.Upgrade;

/// <summary>A gateway that prints what reaches it.</summary>
internal sealed class PrintingGateway(TextWriter output) : IGatewayObserver
{
    public Task DeliverAsync(GatewayBatch batch) => output.WriteLineAsync(
        $"batch: {batch.Silo} {batch.Sequence}; moved {string.Join(',', batch.Moved)}; {string.Join(',', batch.Frames.Select(frame => frame.Type))}; "
        + $"unread {batch.Frames.UnreadCount}");
}
