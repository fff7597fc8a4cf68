using JubileeVerse.Storage;
using JubileeVerse.Storage.Dialects;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class ConnectionStringsTests
{
    [Fact]
    public void PostgreSql_NothingSet_AddsPoolAndPreparation()
    {
        var built = Build("Host=db");

        Assert.Equal((40, 100), (built.MaxPoolSize, built.MaxAutoPrepare));
    }

    [Theory]
    [InlineData("Host=db;Maximum Pool Size=100;Max Auto Prepare=0")]
    [InlineData("Host=db;MaxPoolSize=100;maxautoprepare=0")]
    public void PostgreSql_SetByTheOperator_IsKept(string connectionString)
    {
        var built = Build(connectionString);

        Assert.Equal((100, 0), (built.MaxPoolSize, built.MaxAutoPrepare));
    }

    [Fact]
    public void SqliteReading_Default_IsBelowTheWorkingDirectory() => Assert.Equal(
        Path.Combine(Environment.CurrentDirectory, "data", "jubileeverse.db"),
        new SqliteConnectionStringBuilder(ConnectionStrings.SqliteReading(new StorageOptions())).DataSource);

    [Fact]
    public void SqliteReading_AndPooledWriting_DoNotShareAPool() =>
        Assert.NotEqual(ConnectionStrings.SqliteReading(new StorageOptions()), ConnectionStrings.SqlitePooledWriting(new StorageOptions()));

    private static NpgsqlConnectionStringBuilder Build(string connectionString) => new(ConnectionStrings.PostgreSql(
        new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = connectionString }));
}
