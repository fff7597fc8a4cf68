using System.Diagnostics.Metrics;

namespace JubileeVerse.Realtime;

/// <summary>The metrics of frame delivery from silos to gateways.</summary>
internal sealed class RealtimeInstruments
{
    public const string MeterName = "JubileeVerse.Realtime";

    private readonly Counter<long> _batches;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _dropped;

    public RealtimeInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _batches = meter.CreateCounter<long>("jubileeverse.realtime.outbox.batches", "{batch}", "Batches applied by gateways.");
        _frames = meter.CreateCounter<long>("jubileeverse.realtime.outbox.frames", "{frame}", "Frames applied by gateways.");
        _dropped = meter.CreateCounter<long>(
            "jubileeverse.realtime.outbox.dropped", "{frame}", "Frames dropped because a gateway was slow.");
    }

    public void BatchDelivered(int frames)
    {
        _batches.Add(1);
        _frames.Add(frames);
    }

    public void FrameDropped() => _dropped.Add(1);
}
