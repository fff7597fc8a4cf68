using JubileeVerse.Operations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace JubileeVerse.ServiceDefaults.Starting;

/// <summary>
/// Lets nothing of the host start before Redis answers: Orleans asks it once and gives up. It has a connection of its own for that,
/// which fails at once where others would wait.
/// </summary>
public sealed class RedisWait(ConfigurationOptions redis, IOptions<StartOptions> options, TimeProvider time, ILogger<RedisWait> logger)
    : IHostedLifecycleService
{
    private static readonly string Setting = $"{OptionSections.Path(OptionSections.Redis)}:{nameof(RedisOptions.ConnectionString)}";

    public Task StartingAsync(CancellationToken cancellationToken) =>
        new Patience("Redis", Setting, options.Value.StartWait, time, logger).TryAsync(AskAsync, IsAway, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var once = redis.Clone();
        once.AbortOnConnectFail = true;
        once.ConnectRetry = 1;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(once).WaitAsync(cancellationToken);
        await connection.GetDatabase().PingAsync().WaitAsync(cancellationToken);
    }

    private static bool IsAway(Exception exception) => exception is RedisException or TimeoutException;
}
