using System.Diagnostics.Metrics;

namespace JubileeVerse.Storage;

/// <summary>Metrics of the store's writer.</summary>
internal sealed class StorageInstruments
{
    public const string MeterName = "JubileeVerse.Storage";

    private readonly Histogram<int> _batchUnits;
    private readonly Histogram<double> _batchDuration;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _failedUnits;

    public StorageInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _batchUnits = meter.CreateHistogram<int>("jubileeverse.store.batch.size", "{unit}", "Units committed together.");
        _batchDuration = meter.CreateHistogram<double>(
            "jubileeverse.store.batch.duration", "s", "Time from sending a batch until its commit is confirmed.");
        _retries = meter.CreateCounter<long>(
            "jubileeverse.store.retries", "{attempt}", "Attempts repeated because the store did not respond.");
        _failedUnits = meter.CreateCounter<long>("jubileeverse.store.failed_units", "{unit}", "Units that were not stored, by outcome.");
    }

    public void BatchCommitted(int units, TimeSpan duration)
    {
        _batchUnits.Record(units);
        _batchDuration.Record(duration.TotalSeconds);
    }

    public void AttemptRetried() => _retries.Add(1);

    public void UnitFailed(Exception reason) => _failedUnits.Add(1, new KeyValuePair<string, object?>("outcome", reason switch
    {
        StaleWriterException => "stale",
        DuplicateKeyException => "duplicate",
        StoreUnavailableException => "unavailable",
        _ => "error",
    }));
}
