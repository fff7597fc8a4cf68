using System.Threading.Channels;
using JubileeVerse.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

/// <summary>A real sink whose connection breaks when a test says so, and whose batches a test can hold back.</summary>
internal sealed class ScriptedSink(IWriteSink inner) : IWriteSink
{
    private readonly Channel<int> _arrived = Channel.CreateUnbounded<int>();
    private int _attempts;

    /// <summary>What happens to an attempt, by its number from 1.</summary>
    public Func<int, SinkFault> Script { get; set; } = _ => SinkFault.None;

    /// <summary>Attempts wait for this before they go on.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Completes with the number of units of the next attempt that has arrived here.</summary>
    public ValueTask<int> NextArrivalAsync(CancellationToken cancellationToken) => _arrived.Reader.ReadAsync(cancellationToken);

    /// <summary>False: none is left that nobody has looked at.</summary>
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
            throw new StoreLostException(new IOException($"Attempt {attempt} was cut off: {fault}."));
    }

    public Task<long> ReadMarkerAsync(string writer) => inner.ReadMarkerAsync(writer);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
