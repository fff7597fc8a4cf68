using JubileeVerse.Queues;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Dispatch;
using JubileeVerse.Queues.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class QueueLifetimeTests
{
    private readonly PollWaiters _polls = new();
    private readonly CompletionWaiters _completions = new();
    private readonly QueueLifetime _lifetime;
    private int _deactivations;

    public QueueLifetimeTests() =>
        _lifetime = new QueueLifetime("test", () => _deactivations++, _polls, _completions, NullLogger.Instance);

    [Fact]
    public async Task Retire_Twice_DeactivatesOnceAndCompletesTheWaitingCalls()
    {
        var waiter = new PollWaiter(new WorkerPoll("w", 1, 1, [], null));
        _polls.Add(waiter);
        var end = _completions.Enter(new JobId("a"));

        _lifetime.Retire();
        _lifetime.Retire();

        Assert.True(_lifetime.IsStopped);
        Assert.Equal(1, _deactivations);
        await waiter.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System);
        Assert.Null(await end);
    }

    /// <summary>A queue that moves to another silo has started its migration already.</summary>
    [Fact]
    public void Retire_AfterStop_DoesNotDeactivate()
    {
        _lifetime.Stop();
        _lifetime.Retire();

        Assert.Equal(0, _deactivations);
    }

    [Fact]
    public async Task OnDeactivateAsync_ActivationFailed_DoesNotThrow()
    {
        var grain = new QueueGrain(null!, null!, null!, TimeProvider.System, null!, NullLogger<QueueGrain>.Instance);

        var failure = await Record.ExceptionAsync(() => grain.OnDeactivateAsync(
            new DeactivationReason(DeactivationReasonCode.ActivationFailed, "Scripted."), TestContext.Current.CancellationToken));

        Assert.Null(failure);
    }
}
