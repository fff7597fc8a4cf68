using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.Gateway.Tests.Drain;

/// <summary>A step that ends when a test says so, or at once when it is hurried.</summary>
internal sealed class FakeStep(string name) : IDrainStep
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public Task Begun => _begun.Task.WaitAsync(TestContext.Current.CancellationToken);

    public bool HasBegun => _begun.Task.IsCompleted;

    public bool WasHurried { get; private set; }

    public void End() => _end.TrySetResult();

    public void Fail() => _end.TrySetException(new InvalidOperationException($"{name} failed"));

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _begun.TrySetResult();
        try
        {
            await _end.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            WasHurried = true;
            throw;
        }
    }
}
