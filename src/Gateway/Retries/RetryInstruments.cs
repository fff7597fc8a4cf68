using System.Diagnostics.Metrics;

namespace JubileeVerse.Gateway.Retries;

/// <summary>Metrics for retried grain calls, by method and outcome.</summary>
internal sealed class RetryInstruments : IDisposable
{
    public const string MeterName = "jubileeverse.gateway.retries";

    private readonly Meter _meter;
    private readonly Counter<long> _retries;

    public RetryInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _retries = _meter.CreateCounter<long>("jubileeverse.gateway.retries", "{try}", "Attempts of grain calls after the first.");
    }

    public void Recovered(string method, int retries) => Add(method, retries, "recovered");

    public void GaveUp(string method, int retries) => Add(method, retries, "gave-up");

    public void Dispose() => _meter.Dispose();

    private void Add(string method, int retries, string outcome) =>
        _retries.Add(retries, new KeyValuePair<string, object?>("method", method), new KeyValuePair<string, object?>("outcome", outcome));
}
