using JubileeVerse.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>A silo and a gateway in this process with their own store and port, composed like <c>Standalone</c>.</summary>
public class StandaloneServer : IAsyncLifetime
{
    public const string AdminEmail = "admin@example.org";
    public const string AdminPassword = "Adm1nistrator";

    private readonly string _directory = Directory.CreateTempSubdirectory("jubileeverse-").FullName;
    private WebApplication? _app;

    public Uri Address => new(_app!.Urls.Single());

    /// <summary>The factory that the silo and the gateway use for their calls.</summary>
    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _app!.Services;

    protected virtual Dictionary<string, string?> Settings => new() { ["JubileeVerse:Limits:Enabled"] = "false" };

    /// <summary>True to serve the Orleans Dashboard, which takes a fifth of the processor time of a start.</summary>
    protected virtual bool HasDashboard => false;

    /// <summary>Registers replacements for production services.</summary>
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
            ["JubileeVerse:Management:Dashboard"] = HasDashboard ? "true" : "false",
            ["JubileeVerse:Admin:Email"] = AdminEmail,
            ["JubileeVerse:Admin:Password"] = AdminPassword,
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
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

    /// <summary>A client without a session.</summary>
    public GatewayClient NewClient() => new(Address);
}
