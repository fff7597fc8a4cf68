using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Gateway.Operations;

/// <summary>The health of this process and its dependencies. It is public and therefore contains no user data.</summary>
internal sealed record HealthResponse(
    string Status,
    DateTimeOffset Timestamp,
    double UptimeSeconds,
    string Version,
    MemoryUse Memory,
    IReadOnlyDictionary<string, CheckResult> Checks,
    ConnectionCount Websocket,
    IReadOnlyDictionary<string, QueueCount> Queues);
