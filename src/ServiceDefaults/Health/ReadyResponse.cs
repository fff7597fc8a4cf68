namespace JubileeVerse.ServiceDefaults.Health;

/// <summary>Whether the process is ready, with the results of the health checks.</summary>
/// <param name="Status"><c>ready</c>, <c>not-ready</c> or <c>draining</c>.</param>
/// <param name="Checks">The results by dependency; empty while the process is draining, because then nothing is checked.</param>
public sealed record ReadyResponse(string Status, IReadOnlyDictionary<string, CheckResult> Checks)
{
    public const string Ready = "ready";
    public const string NotReady = "not-ready";
    public const string Draining = "draining";
}
