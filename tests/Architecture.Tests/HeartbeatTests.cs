using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Realtime;

namespace JubileeVerse.Architecture.Tests;

public sealed class HeartbeatTests
{
    /// <summary>A silo counts the heartbeats that a gateway misses.</summary>
    [Fact]
    public void Silos_ExpectHeartbeatsAsOftenAsGatewaysSendThem() => Assert.Equal(GatewayHeartbeat.Period, GatewayLiveness.Heartbeat);
}
