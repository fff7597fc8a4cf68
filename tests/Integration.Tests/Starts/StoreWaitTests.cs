using JubileeVerse.Testing.Processes;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Integration.Tests.Starts;

/// <summary>A silo starts while its PostgreSQL is unavailable.</summary>
public sealed class StoreWaitTests : BoundedTests, IAsyncLifetime
{
    private const int LinesShown = 150;
    private const int Unavailable = 69;

    private readonly PostgreSqlServer _store = new();
    private readonly RedisServer _redis = new();
    private readonly SiloSite _site = new();

    public ValueTask InitializeAsync()
    {
        _site["Storage:Provider"] = "PostgreSql";
        _site["Storage:ConnectionString"] = _store.ConnectionString;
        _site["Redis:ConnectionString"] = _redis.ConnectionString;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            TestContext.Current.TestOutputHelper?.WriteLine(_site.Output.Tail(LinesShown));
        await _site.DisposeAsync();
        await _redis.DisposeAsync();
        await _store.DisposeAsync();
        Dispose();
    }

    [Fact]
    public async Task Start_StoreStaysUnavailable_WaitsThenExitsAndNamesTheKey()
    {
        _site["Clustering:StartWait"] = "00:00:01";

        var exitCode = await _site.Launch().UntilExitAsync(Deadline);

        Assert.Equal(Unavailable, exitCode);
        Assert.Contains("Waiting for The store", _site.Output.Text);
        Assert.Contains("could not be reached within 00:00:01. See the setting 'JubileeVerse:Storage:ConnectionString'", _site.Output.Text);
        Assert.DoesNotContain("Unhandled exception", _site.Output.Text);
    }

    [Fact]
    public async Task Start_StoreAvailableLate_SiloBecomesReady()
    {
        Assert.SkipWhen(_store.Missing is not null, _store.Missing ?? "");
        RedisServer.SkipWhenMissing();
        await _redis.StartAsync(Deadline);
        var silo = _site.Launch();
        await _site.Output.UntilAsync("Waiting for The store", Deadline);

        await _store.StartAsync();

        await silo.UntilReadyAsync(Deadline);
        Assert.Contains("The store became available after", _site.Output.Text);
        Assert.Equal(0, await silo.TerminateAsync(Deadline));
    }
}
