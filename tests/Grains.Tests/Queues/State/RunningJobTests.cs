using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Leases;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class RunningJobTests
{
    private readonly TaskCompletionSource<Exception> _failed = new();

    [Fact]
    public async Task Stop_CancellationCallbackThrows_ReportsTheExceptionAndDoesNotThrow()
    {
        var job = Running(TestJobs.Job("a"));
        job.Stopping.Register(() => throw new InvalidOperationException("Not now."));

        job.Stop(JobStopReason.Cancelled);

        Assert.True(job.Stopping.IsCancellationRequested);
        Assert.Equal(JobStopReason.Cancelled, job.Run.StopReason);
        var fault = Assert.IsType<AggregateException>(await _failed.Task.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Not now.", Assert.Single(fault.InnerExceptions).Message);
    }

    [Fact]
    public async Task StartTimeout_CancellationCallbackThrows_DoesNotReachTheTimer()
    {
        var time = new FakeTimeProvider();
        var job = Running(TestJobs.Job("a") with { TimeoutMs = 1_000 });
        job.Stopping.Register(() => throw new InvalidOperationException("Not now."));
        using var timer = job.StartTimeout(time);

        time.Advance(TimeSpan.FromSeconds(1));

        await _failed.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(JobStopReason.TimedOut, job.Run.StopReason);
    }

    [Fact]
    public void Stop_CancellationCallbackBlocks_DoesNotWait()
    {
        using var release = new ManualResetEventSlim();
        var job = Running(TestJobs.Job("a"));
        job.Stopping.Register(() => release.Wait(TestContext.Current.CancellationToken));

        job.Stop(JobStopReason.Shutdown);

        Assert.True(job.Stopping.IsCancellationRequested);
        release.Set();
    }

    private RunningJob Running(Job job) => new(new JobGrant(job, new JobLease(1, 1), 1), _failed.SetResult);
}
