using Microsoft.Extensions.Hosting;

namespace JubileeVerse.Gateway.Tests.Drain;

/// <summary>A host that has started or not, and records when it is stopped.</summary>
internal sealed class FakeHostLifetime : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource _started = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeHostLifetime(bool isStarted)
    {
        if (isStarted)
            _started.Cancel();
    }

    public CancellationToken ApplicationStarted => _started.Token;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public bool IsStopping => _stopping.IsCancellationRequested;

    public Task Stopped => _stopped.Task.WaitAsync(TestContext.Current.CancellationToken);

    public void StopApplication()
    {
        _stopping.Cancel();
        _stopped.TrySetResult();
    }

    public void Dispose()
    {
        _started.Dispose();
        _stopping.Dispose();
    }
}
