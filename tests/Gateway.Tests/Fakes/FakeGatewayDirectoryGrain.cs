using System.Collections.Immutable;
using System.Threading.Channels;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A gateway directory that lists the given gateways, passes each call to the test, and fails while it is unreachable.</summary>
internal sealed class FakeGatewayDirectoryGrain(params ImmutableArray<GatewayRegistration> gateways) : IGatewayDirectoryGrain
{
    private readonly Channel<GatewayRegistration> _registrations = Channel.CreateUnbounded<GatewayRegistration>();
    private readonly Channel<GatewayId> _unregistrations = Channel.CreateUnbounded<GatewayId>();

    public bool IsUnreachable { get; set; }

    public ValueTask<GatewayRegistration> NextRegistrationAsync() => _registrations.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ValueTask<GatewayId> NextUnregistrationAsync() => _unregistrations.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public Task RegisterAsync(GatewayRegistration gateway, CancellationToken cancellationToken)
    {
        _registrations.Writer.TryWrite(gateway);
        return IsUnreachable ? Task.FromException(new TimeoutException("no silo")) : Task.CompletedTask;
    }

    public Task UnregisterAsync(GatewayId gateway, CancellationToken cancellationToken)
    {
        _unregistrations.Writer.TryWrite(gateway);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<GatewayRegistration>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(gateways);
}
