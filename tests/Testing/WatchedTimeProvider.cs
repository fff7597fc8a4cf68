using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Testing;

/// <summary>
/// A fake clock that reports when a timer was set. Await <see cref="WhenArmedAsync"/> before <see cref="FakeTimeProvider.Advance"/>,
/// because a timer that is set after the clock was moved would never fire.
/// </summary>
internal sealed class WatchedTimeProvider() : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _armed = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Source)> _waiting = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(base.CreateTimer(callback, state, dueTime, period), this);
        Armed(dueTime);
        return timer;
    }

    /// <summary>Completes when a timer was set to this due time, before or after the call. Each setting completes one caller.</summary>
    public async Task WhenArmedAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_armed.Remove(due))
                return;
            _waiting.Add((due, source));
        }

        await source.Task.WaitAsync(cancellationToken);
    }

    private void Armed(TimeSpan due)
    {
        lock (_gate)
        {
            var i = _waiting.FindIndex(waiting => waiting.Due == due);
            if (i < 0)
            {
                _armed.Add(due);
                return;
            }

            _waiting[i].Source.SetResult();
            _waiting.RemoveAt(i);
        }
    }

    private sealed class Timer(ITimer inner, WatchedTimeProvider owner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = inner.Change(dueTime, period);
            owner.Armed(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
