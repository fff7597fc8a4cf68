using JubileeVerse.ServiceDefaults.Health;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Operations;

public sealed class HealthChecksTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task RunAsync_ManyCallers_ChecksOncePerSecond()
    {
        var checkCount = 0;
        var checks = Checks(_ =>
        {
            checkCount++;
            return Task.CompletedTask;
        });
        for (var i = 0; i < 5; i++)
            await checks.RunAsync();
        Assert.Equal(1, checkCount);

        _time.Advance(TimeSpan.FromSeconds(1));
        await checks.RunAsync();
        Assert.Equal(2, checkCount);
    }

    [Fact]
    public async Task RunAsync_CheckHangs_IsUnhealthyAfterTheTimeout()
    {
        var checks = Checks(_ => new TaskCompletionSource().Task);
        var run = checks.RunAsync();
        Assert.False(run.IsCompleted);
        _time.Advance(HealthChecks.Timeout);

        Assert.False((await run)["store"].IsHealthy);
    }

    [Fact]
    public async Task RunAsync_AfterAFailure_RecoversAtTheNextCheck()
    {
        var isDown = true;
        var checks = Checks(_ => isDown ? Task.FromException(new TimeoutException("down")) : Task.CompletedTask);
        Assert.False((await checks.RunAsync())["store"].IsHealthy);
        isDown = false;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await checks.RunAsync())["store"].IsHealthy);
    }

    private HealthChecks Checks(Func<CancellationToken, Task> check) =>
        new([new FakeProbe(check)], _time, NullLogger<HealthChecks>.Instance);

    private sealed class FakeProbe(Func<CancellationToken, Task> check) : IHealthProbe
    {
        public string Name => "store";

        public bool IsVital => true;

        public Task CheckAsync(CancellationToken cancellationToken) => check(cancellationToken);
    }
}
