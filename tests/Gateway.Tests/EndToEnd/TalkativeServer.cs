using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A server whose operator wants to see everything that the framework does.</summary>
public sealed class TalkativeServer : StandaloneServer
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
