using System.IO.Pipelines;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// A transport that records when the client has last sent anything. It is needed because SignalR handles pings itself and does not expose
/// them.
/// </summary>
internal sealed class ActivityTrackingTransport(IDuplexPipe inner, TimeProvider time) : PipeReader, IDuplexPipe
{
    private long _lastSeenAt = time.GetTimestamp();

    public PipeReader Input => this;

    public PipeWriter Output => inner.Output;

    public TimeSpan InactiveFor => time.GetElapsedTime(Volatile.Read(ref _lastSeenAt));

    public void RecordActivity() => Volatile.Write(ref _lastSeenAt, time.GetTimestamp());

    public override void AdvanceTo(SequencePosition consumed)
    {
        RecordActivity();
        inner.Input.AdvanceTo(consumed);
    }

    /// <summary>Records activity, because SignalR calls this after each read, and each read returns input.</summary>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        RecordActivity();
        inner.Input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.Input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Input.Complete(exception);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        inner.Input.ReadAsync(cancellationToken);

    public override bool TryRead(out ReadResult result) => inner.Input.TryRead(out result);
}
