using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace JubileeVerse.ServiceDefaults.Starting;

/// <summary>
/// Delays the start of all services of the host until Redis responds, because Orleans tries to connect only once. It uses a separate
/// connection that fails at once instead of waiting.
/// </summary>
public sealed class RedisStartupGate(
    ConfigurationOptions redis, IOptions<StartOptions> options, TimeProvider time, ILogger<RedisStartupGate> logger)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        new RetryWindow("Redis", RedisClustering.Setting, options.Value.StartWait, time, logger)
            .RunAsync(PingAsync, IsTransient, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        var single = redis.Clone();
        single.AbortOnConnectFail = true;
        single.ConnectRetry = 1;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(single).WaitAsync(cancellationToken);
        await connection.GetDatabase().PingAsync().WaitAsync(cancellationToken);
    }

    private static bool IsTransient(Exception exception) => exception is RedisException or TimeoutException;
}
