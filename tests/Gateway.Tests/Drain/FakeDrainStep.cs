using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.Gateway.Tests.Drain;

/// <summary>A drain step that ends when the test completes it, or at once when it is cancelled.</summary>
internal sealed class FakeDrainStep(string name) : IDrainStep
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public Task Started => _started.Task.WaitAsync(TestContext.Current.CancellationToken);

    public bool HasStarted => _started.Task.IsCompleted;

    public bool WasCancelled { get; private set; }

    public void Complete() => _completion.TrySetResult();

    public void Fail() => _completion.TrySetException(new InvalidOperationException($"{name} failed"));

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        try
        {
            await _completion.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            WasCancelled = true;
            throw;
        }
    }
}
