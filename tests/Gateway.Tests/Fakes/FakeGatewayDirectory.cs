using System.Collections.Immutable;
using System.Threading.Channels;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A directory that lists what a test gave it, hands the test each call, and fails when told to.</summary>
internal sealed class FakeGatewayDirectory(params ImmutableArray<GatewayRegistration> gateways) : IGatewayDirectory
{
    private readonly Channel<GatewayRegistration> _registrations = Channel.CreateUnbounded<GatewayRegistration>();
    private readonly Channel<GatewayId> _leaves = Channel.CreateUnbounded<GatewayId>();

    public bool IsOutOfReach { get; set; }

    public ValueTask<GatewayRegistration> NextRegistrationAsync() => _registrations.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ValueTask<GatewayId> NextLeaveAsync() => _leaves.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public Task RegisterAsync(GatewayRegistration gateway, CancellationToken cancellationToken)
    {
        _registrations.Writer.TryWrite(gateway);
        return IsOutOfReach ? Task.FromException(new TimeoutException("no silo")) : Task.CompletedTask;
    }

    public Task LeaveAsync(GatewayId gateway, CancellationToken cancellationToken)
    {
        _leaves.Writer.TryWrite(gateway);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<GatewayRegistration>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(gateways);
}
