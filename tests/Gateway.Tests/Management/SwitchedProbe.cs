using JubileeVerse.ServiceDefaults.Health;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Management;

/// <summary>A vital dependency that a test switches up and down.</summary>
internal sealed class SwitchedProbe : IHealthProbe
{
    private int _checkCount;
    private bool _isUp = true;

    public FakeTimeProvider Time { get; } = new();

    public int CheckCount => Volatile.Read(ref _checkCount);

    public string Name => "switched";

    public bool IsVital { get; set; } = true;

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _checkCount);
        return _isUp ? Task.CompletedTask : Task.FromException(new TimeoutException("down"));
    }

    /// <summary>Takes effect at the next check: the clock advances past the time for which a result is shared.</summary>
    public void Set(bool isUp)
    {
        _isUp = isUp;
        Time.Advance(TimeSpan.FromSeconds(2));
    }
}
