using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.ServiceDefaults.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Gateway.Tests.Configuration;

public sealed class StartTests
{
    [Fact]
    public void AddClusterClient_WithoutRedis_NamesTheSetting()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var exception = Assert.Throws<MissingSettingException>(() => builder.AddClusterClient());

        Assert.Equal("JubileeVerse:Redis:ConnectionString", exception.Key);
        Assert.Contains(exception.Key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_MisspelledKey_Throws()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create<string, string?>("JubileeVerse:Limits:SessionRequestPerMinute", "1")]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(FakeGrains.Create().Factory);
        builder.AddGateway();
        await using var app = builder.Build();
        var exception = await Assert.ThrowsAsync<UnknownConfigurationException>(
            () => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("JubileeVerse:Limits:SessionRequestPerMinute", exception.Message, StringComparison.Ordinal);
        Assert.Contains("SessionRequestsPerMinute", exception.Message, StringComparison.Ordinal);
    }
}
