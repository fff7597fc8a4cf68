using JubileeVerse.ServiceDefaults.Health;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Management;

/// <summary>A vital dependency that is as a test says.</summary>
internal sealed class SwitchedProbe : IHealthProbe
{
    private int _asked;
    private bool _isUp = true;

    public FakeTimeProvider Time { get; } = new();

    public int Asked => Volatile.Read(ref _asked);

    public string Name => "switched";

    public bool IsVital { get; set; } = true;

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return _isUp ? Task.CompletedTask : Task.FromException(new TimeoutException("down"));
    }

    /// <summary>From the next question on: answers that are shared are past.</summary>
    public void Set(bool isUp)
    {
        _isUp = isUp;
        Time.Advance(TimeSpan.FromSeconds(2));
    }
}
