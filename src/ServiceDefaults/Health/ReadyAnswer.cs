namespace JubileeVerse.ServiceDefaults.Health;

/// <summary>Whether traffic may come, and what says so.</summary>
/// <param name="Status"><c>ready</c>, <c>not-ready</c> or <c>draining</c>.</param>
/// <param name="Checks">What was asked; empty in a drain, which asks nobody.</param>
public sealed record ReadyAnswer(string Status, IReadOnlyDictionary<string, CheckResult> Checks)
{
    public const string Ready = "ready";
    public const string NotReady = "not-ready";
    public const string Draining = "draining";
}
