using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.ServiceDefaults.Health;

/// <summary>
/// Whether this process may have traffic: it does not drain, and whatever is vital to it is well. It recovers by itself.
/// </summary>
public sealed class Readiness(HealthChecks checks, DrainState drain)
{
    private static readonly Dictionary<string, CheckResult> NothingAsked = [];

    public async Task<ReadyAnswer> AskAsync()
    {
        if (drain.IsDraining)
            return new ReadyAnswer(ReadyAnswer.Draining, NothingAsked);

        var results = await checks.RunAsync();
        var isReady = results.Values.All(check => check.IsHealthy || !check.IsVital);
        return new ReadyAnswer(isReady ? ReadyAnswer.Ready : ReadyAnswer.NotReady, results);
    }
}
