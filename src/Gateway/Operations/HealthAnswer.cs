using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Gateway.Operations;

/// <summary>How this process and what it stands on are. Public: no person is named in it.</summary>
internal sealed record HealthAnswer(
    string Status,
    DateTimeOffset Timestamp,
    double UptimeSeconds,
    string Version,
    MemoryUse Memory,
    IReadOnlyDictionary<string, CheckResult> Checks,
    ConnectionCount Websocket,
    IReadOnlyDictionary<string, QueueCount> Queues);

/// <summary>Bytes of this process.</summary>
internal sealed record MemoryUse(long WorkingSetBytes, long ManagedBytes, long AvailableBytes);

/// <summary>Live connections to this gateway, of any transport, and the people behind them.</summary>
internal sealed record ConnectionCount(int Connections, int Users);

internal sealed record QueueCount(int Waiting, int Active, long Completed, long Failed, int Delayed, bool Paused);
