using System.Threading.Channels;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Grains.Tests.Storage;

/// <summary>A real sink whose connection fails as scripted, and whose batches a test can hold back.</summary>
internal sealed class ScriptedSink(IWriteSink inner) : IWriteSink
{
    private readonly Channel<int> _arrived = Channel.CreateUnbounded<int>();
    private int _attempts;

    /// <summary>The fault of each attempt by its number, which starts at 1.</summary>
    public Func<int, SinkFault> Script { get; set; } = _ => SinkFault.None;

    /// <summary>Attempts wait for this task before they write.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Completes with the number of units of the next attempt that arrives.</summary>
    public ValueTask<int> NextArrivalAsync(CancellationToken cancellationToken) => _arrived.Reader.ReadAsync(cancellationToken);

    /// <summary>Removes one unread arrival. False if there is none.</summary>
    public bool TryTakeArrival() => _arrived.Reader.TryRead(out _);

    public async Task WriteAsync(WriteBatch batch)
    {
        var attempt = Interlocked.Increment(ref _attempts);
        _arrived.Writer.TryWrite(batch.Units.Length);
        await Gate;
        var fault = Script(attempt);
        if (fault != SinkFault.BeforeCommit)
            await inner.WriteAsync(batch);
        if (fault != SinkFault.None)
            throw new TransientStoreException(new IOException($"Attempt {attempt} was cut off: {fault}."));
    }

    public Task<long> ReadMarkerAsync(string writer) => inner.ReadMarkerAsync(writer);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
