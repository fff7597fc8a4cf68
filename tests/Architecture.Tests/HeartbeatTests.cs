using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Realtime.Outbox;

namespace JubileeVerse.Architecture.Tests;

public sealed class HeartbeatTests
{
    /// <summary>Both periods must be equal, because a silo counts the heartbeats that a gateway misses.</summary>
    [Fact]
    public void HeartbeatPeriod_OfSilosAndGateways_IsEqual() => Assert.Equal(GatewayHeartbeat.Period, GatewayLiveness.HeartbeatPeriod);
}
