namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>Each test has a server of its own, and a guest: it may stop the one, and leave the clock and the links as it likes.</summary>
public abstract class OwnServerTests : IAsyncLifetime
{
    protected HubServer Server { get; private set; } = null!;

    protected GatewayClient Client { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await HubServer.StartAsync();
        Client = await Server.NewClient().AsGuestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
