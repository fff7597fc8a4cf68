using System.Collections.Immutable;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>Knows what a test gave it.</summary>
internal sealed class FakeGatewayDirectory(params ImmutableArray<GatewayRegistration> gateways) : IGatewayDirectory
{
    public Task RegisterAsync(GatewayRegistration gateway, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task LeaveAsync(GatewayId gateway, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<GatewayRegistration>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(gateways);
}
