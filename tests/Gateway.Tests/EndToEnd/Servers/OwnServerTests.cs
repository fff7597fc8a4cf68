namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>
/// Tests that each have their own server and guest, so that a test may stop the server, move its clock and leave connections open.
/// </summary>
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
