using JubileeVerse.Queues.Schedules;

namespace JubileeVerse.Queues;

/// <content>Notifications about the ranks of waiting jobs.</content>
internal sealed partial class QueueGrain
{
    /// <summary>The minimum time between two rank notifications of a job.</summary>
    private static readonly TimeSpan RankPeriod = TimeSpan.FromSeconds(1);

    private readonly Throttle _rankThrottle = new(time, RankPeriod);

    private void NotifyRankChanges(long now)
    {
        if (!endNotifier.HasListener || !_rankThrottle.TryEnter())
            return;

        foreach (var move in _state.TakePositionUpdates(now))
            endNotifier.NotifyMoved(move);
    }
}
