using Dapper;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;

namespace JubileeVerse.Grains.Tests.Accounts;

public abstract class SessionDirectoryGrainConformance<TCluster> : IClassFixture<TCluster>
    where TCluster : AccountCluster
{
    private readonly TCluster _cluster;

    protected SessionDirectoryGrainConformance(TCluster cluster)
    {
        _cluster = cluster;
        cluster.Store.SkipWhenMissing();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_StoredTicket_ReturnsIt()
    {
        var ticket = Ticket(UserId.New(_cluster.Time));

        await _cluster.Sessions.SetAsync("stored", ticket, Cancellation);

        AssertSame(ticket, await _cluster.Sessions.GetAsync("stored", Cancellation));
    }

    [Fact]
    public async Task SetAsync_Again_ReplacesTheTicket()
    {
        var user = UserId.New(_cluster.Time);
        var renewed = Ticket(user) with { Payload = [9, 9], ExpiresAt = Ticket(user).ExpiresAt.AddHours(5) };
        await _cluster.Sessions.SetAsync("renewed", Ticket(user), Cancellation);

        await _cluster.Sessions.SetAsync("renewed", renewed, Cancellation);

        AssertSame(renewed, await _cluster.Sessions.GetAsync("renewed", Cancellation));
    }

    [Fact]
    public async Task GetAsync_Expired_IsNull()
    {
        await _cluster.Sessions.SetAsync("expired", Ticket(UserId.New(_cluster.Time)), Cancellation);

        _cluster.Time.Advance(TimeSpan.FromHours(1));

        Assert.Null(await _cluster.Sessions.GetAsync("expired", Cancellation));
    }

    [Fact]
    public async Task RemoveAsync_OneOfTwo_EndsThatOne()
    {
        var user = UserId.New(_cluster.Time);
        await _cluster.Sessions.SetAsync("one", Ticket(user), Cancellation);
        await _cluster.Sessions.SetAsync("other", Ticket(user), Cancellation);

        await _cluster.Sessions.RemoveAsync("one", Cancellation);

        Assert.Null(await _cluster.Sessions.GetAsync("one", Cancellation));
        Assert.NotNull(await _cluster.Sessions.GetAsync("other", Cancellation));
    }

    [Fact]
    public async Task RemoveAllAsync_OneUser_KeepsTheSessionsOfOthers()
    {
        var user = UserId.New(_cluster.Time);
        await _cluster.Sessions.SetAsync("mine-1", Ticket(user), Cancellation);
        await _cluster.Sessions.SetAsync("mine-2", Ticket(user), Cancellation);
        await _cluster.Sessions.SetAsync("theirs", Ticket(UserId.New(_cluster.Time)), Cancellation);

        await _cluster.Sessions.RemoveAllAsync(user, Cancellation);

        Assert.Null(await _cluster.Sessions.GetAsync("mine-1", Cancellation));
        Assert.Null(await _cluster.Sessions.GetAsync("mine-2", Cancellation));
        Assert.NotNull(await _cluster.Sessions.GetAsync("theirs", Cancellation));
    }

    [Fact]
    public async Task SetAsync_OversizedTicket_IsInvalid()
    {
        var ticket = Ticket(UserId.New(_cluster.Time)) with { Payload = new byte[(64 * 1024) + 1] };

        var thrown = await Assert.ThrowsAsync<JubileeException>(() => _cluster.Sessions.SetAsync("big", ticket, Cancellation));

        Assert.Equal(ErrorCode.InvalidRequest, thrown.Code);
    }

    [Fact]
    public async Task SetAsync_Key_IsNotStoredInPlainText()
    {
        await _cluster.Sessions.SetAsync("a-secret-key", Ticket(UserId.New(_cluster.Time)), Cancellation);

        await using var connection = await _cluster.Store.Database.OpenAsync(Cancellation);
        Assert.DoesNotContain("a-secret-key", await connection.QueryAsync<string>("select key_hash from sessions"));
    }

    [Fact]
    public async Task Sweep_ExpiredRows_AreRemoved()
    {
        await _cluster.Sessions.SetAsync("swept", Ticket(UserId.New(_cluster.Time)), Cancellation);
        var kept = Ticket(UserId.New(_cluster.Time)) with { ExpiresAt = _cluster.Time.GetUtcNow().AddDays(30) };
        await _cluster.Sessions.SetAsync("kept", kept, Cancellation);

        await _cluster.CommitAsync(SessionStatements.Sweep(_cluster.Time.GetUtcNow().AddHours(2)));

        Assert.Null(await _cluster.Sessions.GetAsync("swept", Cancellation));
        Assert.NotNull(await _cluster.Sessions.GetAsync("kept", Cancellation));
    }

    /// <summary>Creates a ticket that expires on a whole millisecond, which is the precision of the store.</summary>
    private SessionTicket Ticket(UserId user) => new(
        user, [1, 2, 3], DateTimeOffset.FromUnixTimeMilliseconds(_cluster.Time.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds()));

    private static void AssertSame(SessionTicket expected, SessionTicket? actual)
    {
        Assert.Equal((expected.UserId, expected.ExpiresAt), (actual?.UserId, actual?.ExpiresAt));
        Assert.Equal(expected.Payload, actual?.Payload);
    }
}
