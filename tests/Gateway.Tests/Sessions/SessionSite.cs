using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Tests.Sessions;

/// <summary>The sessions of one gateway.</summary>
internal sealed class SessionSite(string connectionString, FakeTimeProvider time) : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _redis = ConnectionMultiplexer.Connect(RedisConnection.ForSessions(connectionString));
    private RedisTicketStore? _store;

    public RedisTicketStore Store => _store ??= new RedisTicketStore(
        new RedisSessions(new RedisGate(_redis, time, NullLogger<RedisGate>.Instance), time),
        new RecentSessions(time),
        time,
        Options.Create(new SessionsOptions()));

    public IDatabase Database => _redis.GetDatabase();

    public AuthenticationTicket Ticket(UserId userId, TimeSpan? lifetime = null) => new(
        new ClaimsPrincipal(CallerClaims.Principal(userId)),
        new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + (lifetime ?? TimeSpan.FromHours(24)) },
        SessionSchemes.Cookie);

    public async Task<bool> IsAliveAsync(string key) => await Store.FindAsync(key, TestContext.Current.CancellationToken) is not null;

    /// <summary>Until the connection stands again, which the client sees to by itself.</summary>
    public async Task WhenConnectedAsync()
    {
        while (!_redis.IsConnected)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}
