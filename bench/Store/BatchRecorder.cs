using System.Diagnostics.Metrics;
using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Store;

/// <summary>Records the batch metrics of the store's writer.</summary>
internal sealed class BatchRecorder : IDisposable
{
    private const string SizeInstrument = "jubileeverse.store.batch.size";
    private const string DurationInstrument = "jubileeverse.store.batch.duration";

    private readonly MeterListener _listener = new();
    private long _units;
    private long _batches;

    public BatchRecorder()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is SizeInstrument or DurationInstrument)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, units, _, _) =>
        {
            Interlocked.Add(ref _units, units);
            Interlocked.Increment(ref _batches);
        });
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => Durations.Add(TimeSpan.FromSeconds(seconds)));
        _listener.Start();
    }

    public Latencies Durations { get; } = new();

    public double MeanUnits => (double)_units / Math.Max(1, _batches);

    public void Dispose() => _listener.Dispose();
}
