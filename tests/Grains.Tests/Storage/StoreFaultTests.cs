using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Conversations.Store;
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

/// <summary>The error that a caller in another process receives when the driver throws inside a grain.</summary>
public sealed class StoreFaultTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private const int Busy = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Outages => new(
        PostgresErrorCodes.AdminShutdown,
        PostgresErrorCodes.CrashShutdown,
        PostgresErrorCodes.CannotConnectNow,
        PostgresErrorCodes.TooManyConnections);

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task GrainCall_ServerShutsDownWhileItReads_IsUnavailable(string code)
    {
        var thrown = await CallAsync(new PostgresException("terminating connection to 10.0.0.7", "FATAL", "FATAL", code));

        Assert.Equal(ErrorCode.Unavailable, CodeOf(thrown));
        Assert.DoesNotContain("10.0.0.7", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GrainCall_ConnectionIsLost_IsUnavailable() =>
        Assert.Equal(ErrorCode.Unavailable, CodeOf(await CallAsync(new NpgsqlException("refused", new IOException()))));

    [Fact]
    public async Task GrainCall_FileIsBusy_IsUnavailable() =>
        Assert.Equal(ErrorCode.Unavailable, CodeOf(await CallAsync(new SqliteException("busy", Busy))));

    [Fact]
    public async Task GrainCall_StoreIsUnavailable_IsUnavailable() =>
        Assert.Equal(ErrorCode.Unavailable, CodeOf(await CallAsync(new StoreUnavailableException("away"))));

    [Fact]
    public async Task GrainCall_WriterIsStale_IsUnavailable() =>
        Assert.Equal(ErrorCode.Unavailable, CodeOf(await CallAsync(new StaleWriterException("A fence broke."))));

    [Fact]
    public async Task GrainCall_StatementIsInvalid_IsInternalWithoutDetails()
    {
        var thrown = await CallAsync(
            new PostgresException("column secrets does not exist", "ERROR", "ERROR", PostgresErrorCodes.UndefinedColumn));

        Assert.Equal(ErrorCode.Internal, CodeOf(thrown));
        Assert.DoesNotContain("secrets", thrown.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Checks that the exception has the only type that gateways know, and returns its code.</summary>
    private static ErrorCode CodeOf(Exception thrown) => Assert.IsType<JubileeException>(thrown).Code;

    private async Task<Exception> CallAsync(Exception fault)
    {
        await using var cluster = await JubileeCluster.StartAsync(
            store,
            services => services.AddSingleton<IConversationReader>(new FailingConversationReader(fault)),
            cancellationToken: Cancellation);
        var queries = cluster.Grains.GetGrain<IConversationQueriesGrain>(0);
        return await Assert.ThrowsAnyAsync<Exception>(
            () => queries.FindReplyAsync(IId<UserId>.New(cluster.Clock), IId<ReplyId>.New(cluster.Clock), Cancellation));
    }
}
