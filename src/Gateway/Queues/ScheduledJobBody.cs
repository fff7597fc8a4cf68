using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Gateway.Queues;

/// <summary>The job that a schedule adds at each occurrence; an absent field has the queue's default.</summary>
internal sealed record ScheduledJobBody
{
    public string? Name { get; init; }

    public string? UserId { get; init; }

    public string? OrderKey { get; init; }

    public int? Priority { get; init; }

    public int? Attempts { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? DeadlineSeconds { get; init; }

    /// <summary>The last property, because the audit log truncates long bodies and a payload may be long.</summary>
    public string? Payload { get; init; }

    public static ScheduledJobBody From(NewJob job) => new()
    {
        Name = job.Name,
        Payload = job.Payload,
        UserId = job.UserId,
        OrderKey = job.OrderKey,
        Priority = job.Priority,
        Attempts = job.Attempts,
        TimeoutSeconds = (int?)job.Timeout?.TotalSeconds,
        DeadlineSeconds = (int?)job.Deadline?.TotalSeconds,
    };

    public NewJob ToNewJob() => new(Name ?? "", Payload ?? "{}")
    {
        UserId = UserId,
        OrderKey = OrderKey,
        Priority = Priority,
        Attempts = Attempts,
        Timeout = TimeoutSeconds is { } timeout ? TimeSpan.FromSeconds(timeout) : null,
        Deadline = DeadlineSeconds is { } deadline ? TimeSpan.FromSeconds(deadline) : null,
    };
}
