using JubileeVerse.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>Silo and gateway in this process, over a store of their own, on a port of their own: what <c>Standalone</c> is.</summary>
public class StandaloneServer : IAsyncLifetime
{
    public const string AdminEmail = "admin@example.org";
    public const string AdminPassword = "Adm1nistrator";

    private readonly string _directory = Directory.CreateTempSubdirectory("jubileeverse-").FullName;
    private WebApplication? _app;

    public Uri Address => new(_app!.Urls.Single());

    /// <summary>What silo and gateway call each other by.</summary>
    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _app!.Services;

    protected virtual Dictionary<string, string?> Settings => new() { ["JubileeVerse:Limits:Enabled"] = "false" };

    /// <summary>What takes the place of the real thing.</summary>
    protected virtual void AddServices(IServiceCollection services)
    {
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(Settings)
        {
            ["JubileeVerse:Storage:ConnectionString"] = $"Data Source={Path.Combine(_directory, "test.db")}",
            ["JubileeVerse:Sessions:KeysDirectory"] = Path.Combine(_directory, "keys"),
            ["JubileeVerse:Ai:Builtin:PieceDelayMs"] = "5",
            ["JubileeVerse:Admin:Email"] = AdminEmail,
            ["JubileeVerse:Admin:Password"] = AdminPassword,
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        AddServices(builder.Services);
        builder.AddStandaloneSilo();
        builder.AddGateway();
        _app = builder.Build();
        _app.UseGateway();
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody who has not been here before.</summary>
    public GatewayClient NewClient() => new(Address);
}
