namespace JubileeVerse.Queues.Store;

/// <summary>A schedule as its queue holds it.</summary>
/// <param name="Schedule">As it was set.</param>
/// <param name="AnchorMs">When it was set: periods count from here.</param>
/// <param name="Made">Jobs so far, the pending one counted.</param>
/// <param name="DueMs">When the pending job is due; null: there will be no more.</param>
internal sealed record ScheduleEntry(Schedule Schedule, long AnchorMs, int Made, long? DueMs)
{
    /// <summary>The same for whoever makes it, so that it cannot be made twice.</summary>
    public JobId? Pending => DueMs is { } due ? new JobId($"{Schedule.Id}:{due}") : null;

    public ScheduleView ToView() => new(Schedule, Made, UnixTime.At(DueMs), Pending);
}
