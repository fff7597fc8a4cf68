using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime;

public sealed class TokenExpiryTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeSessionStore _sessions = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<LiveConnections>().BuildServiceProvider();
    private readonly LiveConnection _connection;

    public TokenExpiryTests() =>
        _connection = _services.GetRequiredService<LiveConnections>().Add(UserId.New(_time), TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _connection.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Check_OfAToken_ClosesWhenItsTimeIsUp()
    {
        var expiry = OfToken();

        _time.Advance(Life - TimeSpan.FromSeconds(1));
        expiry.Check();
        Assert.Null(_connection.ClosingCode);
        _time.Advance(TimeSpan.FromSeconds(1));
        expiry.Check();

        Assert.Equal(CloseCodes.TokenExpired, _connection.ClosingCode);
    }

    [Fact]
    public void Check_AfterANewerToken_GoesOnUntilThatOnesEnd()
    {
        var expiry = OfToken();

        expiry.Renew(_time.GetUtcNow() + (Life * 2));
        _time.Advance(Life);
        expiry.Check();
        Assert.Null(_connection.ClosingCode);
        _time.Advance(Life);
        expiry.Check();

        Assert.Equal(CloseCodes.TokenExpired, _connection.ClosingCode);
    }

    [Fact]
    public async Task Check_OfACookieWhoseSessionWasProlonged_GoesOn()
    {
        var (expiry, key) = await OfCookieAsync();

        await _sessions.RenewAsync(key, Ticket(Life * 2));
        _time.Advance(Life);
        expiry.Check();
        Assert.Null(_connection.ClosingCode);
        _time.Advance(Life);
        expiry.Check();

        Assert.Equal(CloseCodes.TokenExpired, _connection.ClosingCode);
    }

    [Fact]
    public async Task Check_OfACookieWhoseSessionHasEnded_Closes()
    {
        var (expiry, key) = await OfCookieAsync();

        await _sessions.RemoveAsync(key);
        _time.Advance(Life);
        expiry.Check();

        Assert.Equal(CloseCodes.TokenExpired, _connection.ClosingCode);
    }

    [Fact]
    public async Task Check_WhileSessionsAreAway_EndsNobodysLink_AndAsksAgain()
    {
        var (expiry, key) = await OfCookieAsync();
        await _sessions.RemoveAsync(key);
        _sessions.IsAway = true;
        _time.Advance(Life);
        expiry.Check();
        Assert.Null(_connection.ClosingCode);

        _sessions.IsAway = false;
        expiry.Check();
        Assert.Null(_connection.ClosingCode);
        _time.Advance(TokenExpiry.RetryPeriod);
        expiry.Check();

        Assert.Equal(CloseCodes.TokenExpired, _connection.ClosingCode);
    }

    private TokenExpiry OfToken() => new(_connection, _sessions, _time, null, _time.GetUtcNow() + Life);

    private async Task<(TokenExpiry Expiry, string Key)> OfCookieAsync()
    {
        var key = await _sessions.StoreAsync(Ticket(Life));
        return (new TokenExpiry(_connection, _sessions, _time, key, _time.GetUtcNow() + Life), key);
    }

    private AuthenticationTicket Ticket(TimeSpan life) => new(
        CallerClaims.Principal(_connection.UserId),
        new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow() + life },
        SessionSchemes.Cookie);
}
