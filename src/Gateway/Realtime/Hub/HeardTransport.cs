using System.IO.Pipelines;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// A connection's transport that notes when something last came from the client, whatever it was: a ping is read by SignalR and told to nobody.
/// </summary>
internal sealed class HeardTransport(IDuplexPipe inner, TimeProvider time) : PipeReader, IDuplexPipe
{
    private long _heardAt = time.GetTimestamp();

    public PipeReader Input => this;

    public PipeWriter Output => inner.Output;

    public TimeSpan UnheardFor => time.GetElapsedTime(Volatile.Read(ref _heardAt));

    public void Hear() => Volatile.Write(ref _heardAt, time.GetTimestamp());

    public override void AdvanceTo(SequencePosition consumed)
    {
        Hear();
        inner.Input.AdvanceTo(consumed);
    }

    /// <summary>Follows each reading, and each reading brings something.</summary>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        Hear();
        inner.Input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.Input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Input.Complete(exception);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => inner.Input.ReadAsync(cancellationToken);

    public override bool TryRead(out ReadResult result) => inner.Input.TryRead(out result);
}
