using JubileeVerse.Storage;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class StorageOptionsValidatorTests
{
    private readonly StorageOptionsValidator _validator = new();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Validate_Defaults_Succeeds(string? nothing) =>
        Assert.True(_validator.Validate(null, new StorageOptions { ConnectionString = nothing }).Succeeded);

    [Fact]
    public void Validate_SeveralFaults_ReportsAllByKey()
    {
        var options = new StorageOptions
        {
            Provider = StorageProvider.PostgreSql,
            MaxBatchUnits = 0,
            MaxQueuedUnits = -1,
            UnavailableAfter = TimeSpan.Zero,
        };

        var failures = _validator.Validate(null, options).Failures!.ToArray();

        Assert.Equal(4, failures.Length);
        Assert.Contains(failures, f => f.Contains("JubileeVerse:Storage:MaxBatchUnits"));
        Assert.Contains(failures, f => f.Contains("JubileeVerse:Storage:MaxQueuedUnits"));
        Assert.Contains(failures, f => f.Contains("JubileeVerse:Storage:UnavailableAfter"));
        Assert.Contains(failures, f => f.Contains("JubileeVerse:Storage:ConnectionString"));
    }

    [Theory]
    [InlineData(StorageProvider.PostgreSql, "Host=db;Port=s3cret;Password=s3cret")]
    [InlineData(StorageProvider.PostgreSql, "Password=s3cret")]
    [InlineData(StorageProvider.PostgreSql, "s3cret")]
    [InlineData(StorageProvider.Sqlite, "Password=s3cret")]
    [InlineData(StorageProvider.Sqlite, "Data Source=:memory:;Password=s3cret")]
    [InlineData(StorageProvider.Sqlite, "Data Source=x.db;Mode=ReadOnly;Password=s3cret")]
    [InlineData(StorageProvider.Sqlite, "Data Source=x.db;Mode=s3cret")]
    [InlineData(StorageProvider.Sqlite, "Host=s3cret")]
    public void Validate_BadConnectionString_NamesTheKeyAndHidesItsContent(StorageProvider provider, string connectionString)
    {
        var options = new StorageOptions { Provider = provider, ConnectionString = connectionString };

        var failure = Assert.Single(_validator.Validate(null, options).Failures!);

        Assert.Contains("JubileeVerse:Storage:ConnectionString", failure);
        Assert.DoesNotContain("s3cret", failure);
    }
}
