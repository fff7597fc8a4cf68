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

/// <summary>Memory of this process, in bytes.</summary>
internal sealed record MemoryUse(long WorkingSetBytes, long ManagedBytes, long AvailableBytes);

/// <summary>Open connections to this gateway over any transport, and their distinct users.</summary>
internal sealed record ConnectionCount(int Connections, int Users);

internal sealed record QueueCount(int Waiting, int Active, long Completed, long Failed, int Delayed, bool Paused);
