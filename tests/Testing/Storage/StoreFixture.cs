using JubileeVerse.Operations;
using JubileeVerse.Storage;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;
using JubileeVerse.Storage.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace JubileeVerse.Testing.Storage;

/// <summary>
/// A migrated, empty store for one test class. A conformance suite is an abstract class over such a fixture; its two subclasses are empty
/// and run it on SQLite and on PostgreSQL.
/// </summary>
public abstract class StoreFixture : IAsyncLifetime
{
    private ServiceProvider? _services;

    /// <summary>Null when tests can run; else the missing program.</summary>
    public abstract string? Missing { get; }

    /// <summary>The storage settings, as in a host's configuration.</summary>
    public IConfiguration Configuration { get; private set; } = new ConfigurationBuilder().Build();

    public IServiceProvider Services => _services ?? throw new InvalidOperationException("The store has not been made.");

    public IDatabase Database => Services.GetRequiredService<IDatabase>();

    public IWriteBatcher Writes => Services.GetRequiredService<IWriteBatcher>();

    /// <summary>Call it first in a suite's constructor: without the server the tests are skipped, or fail under <c>CI=true</c>.</summary>
    public void SkipWhenMissing()
    {
        if (Missing is null)
            return;
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Missing);
        Assert.Skip(Missing);
    }

    /// <summary>
    /// Deletes all jobs and resumes all queues, because the tests of a class share the store and must not find the jobs or pauses of a
    /// previous test. Call it while no silo runs.
    /// </summary>
    public async Task ClearQueuesAsync(CancellationToken cancellationToken)
    {
        if (!MigratesAtStart)
            return;
        string[] tables = ["jobs", "job_packs", "job_claims", "job_schedules"];
        await Writes.CommitAsync(
            new WriteUnit(
                [.. tables.Select(table => new Statement($"delete from {table}")), new Statement("update queues set paused = false")]),
            cancellationToken);
    }

    /// <summary>The services of another process over the same store.</summary>
    public ServiceProvider CreateServices(TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(Configuration);
        services.AddStorage();
        return services.BuildServiceProvider();
    }

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        var (provider, connectionString) = await CreateAsync();
        Configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{OptionSections.Path(OptionSections.Storage)}:{nameof(StorageOptions.Provider)}"] = provider.ToString(),
            [$"{OptionSections.Path(OptionSections.Storage)}:{nameof(StorageOptions.ConnectionString)}"] = connectionString,
        }).Build();
        _services = CreateServices();
        if (MigratesAtStart)
            await Services.GetRequiredService<IMigrator>().ApplyAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_services is not null)
            await _services.DisposeAsync();
        Remove();
    }

    /// <summary>False in the fixtures of the tests of migrations.</summary>
    protected virtual bool MigratesAtStart => true;

    protected abstract Task<(StorageProvider Provider, string ConnectionString)> CreateAsync();

    protected virtual void Remove()
    {
    }
}
