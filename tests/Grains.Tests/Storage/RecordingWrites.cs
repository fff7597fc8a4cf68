using System.Threading.Channels;
using JubileeVerse.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

/// <summary>Says which statements it was given, one after another; all of them fail while it is told so.</summary>
internal sealed class RecordingWrites : IWriteBatcher
{
    private readonly Channel<Statement> _statements = Channel.CreateUnbounded<Statement>();

    public bool IsFailing { get; set; }

    public ValueTask<Statement> NextAsync(CancellationToken cancellationToken) => _statements.Reader.ReadAsync(cancellationToken);

    public async Task CommitAsync(WriteUnit unit, CancellationToken cancellationToken = default)
    {
        var isFailing = IsFailing;
        await _statements.Writer.WriteAsync(unit.Statements.Single(), cancellationToken);
        if (isFailing)
            throw new InvalidOperationException("The store is away.");
    }

    public PendingWrite Enqueue(WriteUnit unit) => throw new NotSupportedException();
}
