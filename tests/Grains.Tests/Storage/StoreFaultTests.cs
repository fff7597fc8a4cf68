using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Identity;
using JubileeVerse.Replies;
using JubileeVerse.Storage;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace JubileeVerse.Grains.Tests.Storage;

/// <summary>What a caller in another process hears when the driver throws inside a grain.</summary>
public sealed class StoreFaultTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private const int Busy = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Outages => new(
        PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.CannotConnectNow, PostgresErrorCodes.TooManyConnections);

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Call_ServerGoesWhileItReads_CallerHearsThatTheStoreIsAway(string code)
    {
        var thrown = await AskAsync(new PostgresException("terminating connection to 10.0.0.7", "FATAL", "FATAL", code));

        Assert.Equal(ErrorCode.Unavailable, CodeOf(thrown));
        Assert.DoesNotContain("10.0.0.7", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ConnectionIsLost_CallerHearsThatTheStoreIsAway() =>
        Assert.Equal(ErrorCode.Unavailable, CodeOf(await AskAsync(new NpgsqlException("refused", new IOException()))));

    [Fact]
    public async Task Call_FileIsBusy_CallerHearsThatTheStoreIsAway() =>
        Assert.Equal(ErrorCode.Unavailable, CodeOf(await AskAsync(new SqliteException("busy", Busy))));

    [Fact]
    public async Task Call_WriterHasGivenUp_CallerHearsThatTheStoreIsAway() =>
        Assert.Equal(ErrorCode.Unavailable, CodeOf(await AskAsync(new StoreUnavailableException("away"))));

    [Fact]
    public async Task Call_AnotherHasWritten_ClientIsToldToComeAgain() =>
        Assert.Equal(ErrorCode.Unavailable, CodeOf(await AskAsync(new StaleWriterException("A fence broke."))));

    [Fact]
    public async Task Call_StatementIsWrong_CallerHearsThatItFailedAndNotHow()
    {
        var thrown = await AskAsync(new PostgresException("column secrets does not exist", "ERROR", "ERROR", PostgresErrorCodes.UndefinedColumn));

        Assert.Equal(ErrorCode.Internal, CodeOf(thrown));
        Assert.DoesNotContain("secrets", thrown.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Of the one type of exception that gateways know.</summary>
    private static ErrorCode CodeOf(Exception thrown) => Assert.IsType<JubileeException>(thrown).Code;

    private async Task<Exception> AskAsync(Exception fault)
    {
        await using var cluster = await JubileeCluster.StartAsync(
            store, services => services.AddSingleton<IConversationReader>(new BrokenReader(fault)), cancellationToken: Cancellation);
        var queries = cluster.Grains.GetGrain<IConversationQueries>(0);
        return await Assert.ThrowsAnyAsync<Exception>(
            () => queries.FindReplyAsync(IId<UserId>.New(cluster.Clock), IId<ReplyId>.New(cluster.Clock), Cancellation));
    }
}
