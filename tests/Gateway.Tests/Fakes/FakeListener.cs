using System.Threading.Channels;
using JubileeVerse.Gateway.Realtime;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A link that counts how often it is told that there is news, and can be waited for.</summary>
internal sealed class FakeListener : IFeedListener
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _pulses;

    public int Pulses => Volatile.Read(ref _pulses);

    public void Pulse()
    {
        Interlocked.Increment(ref _pulses);
        _news.Writer.TryWrite(true);
    }

    /// <summary>Completes when there has been news since the last time.</summary>
    public ValueTask<bool> NextAsync(CancellationToken cancellationToken) => _news.Reader.ReadAsync(cancellationToken);
}
