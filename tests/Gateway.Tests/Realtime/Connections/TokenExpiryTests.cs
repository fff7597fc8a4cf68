using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Connections;

public sealed class TokenExpiryTests : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeSessionStore _sessions = new();
    private readonly ServiceProvider _services =
        new ServiceCollection().AddMetrics().AddSingleton<LiveConnections>().BuildServiceProvider();

    private readonly LiveConnection _connection;

    public TokenExpiryTests() =>
        _connection = _services.GetRequiredService<LiveConnections>().Add(UserId.New(_time), TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _connection.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Check_TokenExpired_ClosesTheConnection()
    {
        var expiry = CreateForToken();

        _time.Advance(Lifetime - TimeSpan.FromSeconds(1));
        expiry.Check();
        Assert.Null(_connection.ClosingCode);
        _time.Advance(TimeSpan.FromSeconds(1));
        expiry.Check();

        Assert.Equal(CloseCodes.TokenExpired, _connection.ClosingCode);
    }

    [Fact]
    public void Check_TokenRenewed_ClosesAtTheNewExpiry()
    {
        var expiry = CreateForToken();

        expiry.Renew(_time.GetUtcNow() + (Lifetime * 2));
        _time.Advance(Lifetime);
        expiry.Check();
        Assert.Null(_connection.ClosingCode);
        _time.Advance(Lifetime);
        expiry.Check();

        Assert.Equal(CloseCodes.TokenExpired, _connection.ClosingCode);
    }

    [Fact]
    public async Task Check_SessionRenewed_KeepsTheConnectionUntilTheNewExpiry()
    {
        var (expiry, key) = await CreateForCookieAsync();

        await _sessions.RenewAsync(key, Ticket(Lifetime * 2));
        _time.Advance(Lifetime);
        expiry.Check();
        Assert.Null(_connection.ClosingCode);
        _time.Advance(Lifetime);
        expiry.Check();

        Assert.Equal(CloseCodes.TokenExpired, _connection.ClosingCode);
    }

    [Fact]
    public async Task Check_SessionRemoved_ClosesTheConnection()
    {
        var (expiry, key) = await CreateForCookieAsync();

        await _sessions.RemoveAsync(key);
        _time.Advance(Lifetime);
        expiry.Check();

        Assert.Equal(CloseCodes.TokenExpired, _connection.ClosingCode);
    }

    [Fact]
    public async Task Check_SessionStoreUnavailable_KeepsTheConnectionAndChecksAgain()
    {
        var (expiry, key) = await CreateForCookieAsync();
        await _sessions.RemoveAsync(key);
        _sessions.IsUnavailable = true;
        _time.Advance(Lifetime);
        expiry.Check();
        Assert.Null(_connection.ClosingCode);

        _sessions.IsUnavailable = false;
        expiry.Check();
        Assert.Null(_connection.ClosingCode);
        _time.Advance(TokenExpiry.RetryPeriod);
        expiry.Check();

        Assert.Equal(CloseCodes.TokenExpired, _connection.ClosingCode);
    }

    private TokenExpiry CreateForToken() => new(_connection, _sessions, _time, null, _time.GetUtcNow() + Lifetime);

    private async Task<(TokenExpiry Expiry, string Key)> CreateForCookieAsync()
    {
        var key = await _sessions.StoreAsync(Ticket(Lifetime));
        return (new TokenExpiry(_connection, _sessions, _time, key, _time.GetUtcNow() + Lifetime), key);
    }

    private AuthenticationTicket Ticket(TimeSpan lifetime) => new(
        CallerClaims.Principal(_connection.UserId),
        new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow() + lifetime },
        SessionSchemes.Cookie);
}
