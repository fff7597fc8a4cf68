using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>A server that logs everything at trace level and collects it.</summary>
public sealed class VerboseLoggingServer : StandaloneServer
{
    internal FakeLogCollector Logs => Services.GetRequiredService<FakeLogCollector>();

    protected override Dictionary<string, string?> Settings => new(base.Settings)
    {
        ["Logging:LogLevel:Microsoft"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
        ["Logging:LogLevel:JubileeVerse"] = "Trace",
    };

    protected override void AddServices(IServiceCollection services) => services.AddFakeLogging();
}
