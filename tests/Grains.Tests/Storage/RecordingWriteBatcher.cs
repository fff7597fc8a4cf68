using System.Threading.Channels;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Grains.Tests.Storage;

/// <summary>A batcher that records its statements in order, and fails them while <see cref="IsFailing"/> is set.</summary>
internal sealed class RecordingWriteBatcher : IWriteBatcher
{
    private readonly Channel<Statement> _statements = Channel.CreateUnbounded<Statement>();

    public bool IsFailing { get; set; }

    public ValueTask<Statement> NextAsync(CancellationToken cancellationToken) => _statements.Reader.ReadAsync(cancellationToken);

    public async Task CommitAsync(WriteUnit unit, CancellationToken cancellationToken = default)
    {
        var isFailing = IsFailing;
        await _statements.Writer.WriteAsync(unit.Statements.Single(), cancellationToken);
        if (isFailing)
            throw new InvalidOperationException("The store is unavailable.");
    }

    public PendingWrite Enqueue(WriteUnit unit) => throw new NotSupportedException();
}
