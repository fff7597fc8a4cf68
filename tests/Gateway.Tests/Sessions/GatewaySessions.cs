using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Gateway.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Tests.Sessions;

/// <summary>The session store of one gateway.</summary>
internal sealed class GatewaySessions(string connectionString, FakeTimeProvider time) : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _redis = ConnectionMultiplexer.Connect(RedisConnection.ForSessions(connectionString));
    private RedisTicketStore? _store;

    public RedisTicketStore Store => _store ??= new RedisTicketStore(
        new RedisSessions(new RedisCircuitBreaker(_redis, time, NullLogger<RedisCircuitBreaker>.Instance), time),
        new RecentSessions(time),
        time,
        Options.Create(new SessionsOptions()));

    public IDatabase Database => _redis.GetDatabase();

    public AuthenticationTicket Ticket(UserId userId, TimeSpan? lifetime = null) => new(
        new ClaimsPrincipal(CallerClaims.Principal(userId)),
        new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + (lifetime ?? TimeSpan.FromHours(24)) },
        SessionSchemes.Cookie);

    public async Task<bool> IsAliveAsync(string key) => await Store.FindAsync(key, TestContext.Current.CancellationToken) is not null;

    /// <summary>Completes when the Redis client has reconnected, which it does by itself.</summary>
    public async Task WhenConnectedAsync()
    {
        while (!_redis.IsConnected)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}
