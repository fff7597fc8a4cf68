using System.Threading.Channels;
using JubileeVerse.Gateway.Realtime.Feeds;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A feed subscriber that counts its pulses and lets the test wait for the next one.</summary>
internal sealed class FakeFeedSubscriber : IFeedSubscriber
{
    private readonly Channel<bool> _pulsed =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private int _pulses;

    public int Pulses => Volatile.Read(ref _pulses);

    public void Pulse()
    {
        Interlocked.Increment(ref _pulses);
        _pulsed.Writer.TryWrite(true);
    }

    /// <summary>Completes when there was a pulse since the previous call.</summary>
    public ValueTask<bool> NextAsync(CancellationToken cancellationToken) => _pulsed.Reader.ReadAsync(cancellationToken);
}
