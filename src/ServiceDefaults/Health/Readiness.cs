using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.ServiceDefaults.Health;

/// <summary>
/// Whether this process may receive traffic: it is not draining, and all of its vital dependencies are healthy. It recovers automatically.
/// </summary>
public sealed class Readiness(HealthChecks checks, DrainState drain)
{
    private static readonly Dictionary<string, CheckResult> NoChecks = [];

    public async Task<ReadyResponse> CheckAsync()
    {
        if (drain.IsDraining)
            return new ReadyResponse(ReadyResponse.Draining, NoChecks);

        var results = await checks.RunAsync();
        var isReady = results.Values.All(check => check.IsHealthy || !check.IsVital);
        return new ReadyResponse(isReady ? ReadyResponse.Ready : ReadyResponse.NotReady, results);
    }
}
