using JubileeVerse.Gateway.Sessions.Keys;
using JubileeVerse.Gateway.Storage;
using JubileeVerse.Testing.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Tests.Sessions;

public sealed class RedisKeyRepositoryTests
{
    private const string Secret = "a session";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Protect_GatewaysStartTogether_UseOneKey()
    {
        RedisServer.SkipWhenMissing();
        await using var server = new RedisServer();
        await server.StartAsync(Token);
        var gateways = Enumerable.Range(0, 8).Select(_ => Gateway(server)).ToArray();
        using var ready = new Barrier(gateways.Length);
        var starts = gateways.Select(gateway => Task.Factory.StartNew(
            () =>
            {
                ready.SignalAndWait(Token);
                return Protector(gateway).Protect(Secret);
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));

        var cookies = await Task.WhenAll(starts);

        Assert.Equal(1, await gateways[0].GetRequiredService<IConnectionMultiplexer>().GetDatabase().ListLengthAsync("jv:keys"));
        Assert.All(gateways, gateway => Assert.All(cookies, cookie => Assert.Equal(Secret, Protector(gateway).Unprotect(cookie))));
        foreach (var gateway in gateways)
            await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Protect_RedisOutage_UsesCachedKeys()
    {
        RedisServer.SkipWhenMissing();
        await using var server = new RedisServer();
        await server.StartAsync(Token);
        await using var gateway = Gateway(server);
        var keys = new DataProtectionKeyCache(
            gateway.GetRequiredService<IDataProtectionProvider>(), TimeProvider.System, NullLogger<DataProtectionKeyCache>.Instance);
        await keys.StartAsync(Token);
        await server.KillAsync();

        Assert.Equal(Secret, Protector(gateway).Unprotect(Protector(gateway).Protect(Secret)));
    }

    private static IDataProtector Protector(IServiceProvider gateway) =>
        gateway.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie");

    private static ServiceProvider Gateway(RedisServer server)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConnectionMultiplexer>(ConnectionMultiplexer.Connect(RedisConnection.ForSessions(server.ConnectionString)));
        services.AddSingleton<RedisKeyRepository>();
        services.AddDataProtection().SetApplicationName("test");
        services.AddOptions<KeyManagementOptions>().Configure<RedisKeyRepository>((keys, repository) => keys.XmlRepository = repository);
        return services.BuildServiceProvider();
    }
}
