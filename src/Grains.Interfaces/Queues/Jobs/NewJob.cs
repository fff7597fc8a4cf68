using System.Text;
using JubileeVerse.Errors;
using JubileeVerse.Rules;

namespace JubileeVerse.Queues.Jobs;

/// <summary>A job to add. Omitted properties have the queue's defaults.</summary>
/// <param name="Name">The kind of work, for display: 1 to 100 characters.</param>
/// <param name="Payload">At most <see cref="Job.MaxPayloadBytes"/> of UTF-8; JSON by convention.</param>
[GenerateSerializer, Immutable, Alias("NewJob")]
public sealed record NewJob(string Name, string Payload)
{
    /// <summary>
    /// An id chosen by the caller makes adding idempotent; null to generate one. It must not contain <c>/</c> or be <c>.</c> or <c>..</c>.
    /// </summary>
    [Id(0)]
    public JobId? Id { get; init; }

    /// <summary>The fairness key; jobs without one share a key.</summary>
    [Id(1)]
    public string? UserId { get; init; }

    /// <summary>Jobs with the same key never run concurrently and start in the order of their acceptance.</summary>
    [Id(2)]
    public string? OrderKey { get; init; }

    /// <summary>1 (first) to 10; null for the queue's default.</summary>
    [Id(3)]
    public int? Priority { get; init; }

    /// <summary>The user's share relative to other users, 1 or more.</summary>
    [Id(4)]
    public int Weight { get; init; } = 1;

    /// <summary>1 or more; see <see cref="Job.Cost"/>.</summary>
    [Id(5)]
    public int Cost { get; init; } = 1;

    /// <summary>Delay before the job may start; at most 365 days.</summary>
    [Id(6)]
    public TimeSpan Delay { get; init; }

    /// <summary>Maximum number of attempts, 1 to 20, including the first; null for the queue's default.</summary>
    [Id(7)]
    public int? Attempts { get; init; }

    [Id(8)]
    public BackoffKind Backoff { get; init; }

    /// <summary>The first delay between attempts, 0 to 1 h; null for the queue's default.</summary>
    [Id(9)]
    public TimeSpan? BackoffDelay { get; init; }

    /// <summary>0 to 1; see <see cref="Job.Jitter"/>.</summary>
    [Id(10)]
    public double Jitter { get; init; }

    /// <summary>Timeout of one run, 1 ms to 24 h; null for no timeout.</summary>
    [Id(11)]
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// The job fails if it has not started this long after its acceptance, its delay included. Null for the queue's default, which counts
    /// from the end of the delay.
    /// </summary>
    [Id(12)]
    public TimeSpan? Deadline { get; init; }

    /// <summary>Deduplication key, 1 to 200 characters: another job with the same key is a duplicate; null for none.</summary>
    [Id(13)]
    public string? DedupKey { get; init; }

    /// <summary>How long the job's id or key stays claimed after its end, up to 30 days; null for 24 h.</summary>
    [Id(14)]
    public TimeSpan? DedupWindow { get; init; }

    /// <summary>Null for the queue's default.</summary>
    [Id(15)]
    public KeepRule? KeepCompleted { get; init; }

    /// <summary>Null for the queue's default.</summary>
    [Id(16)]
    public KeepRule? KeepFailed { get; init; }

    /// <summary>Throws for the first invalid field.</summary>
    /// <param name="path">The prefix of the field's name in the error, such as <c>jobs[2].</c>.</param>
    public void Check(string path)
    {
        RequireLength(Name ?? "", JobLimits.MaxNameLength, "name");
        Require(
            Encoding.UTF8.GetByteCount(Payload) <= Job.MaxPayloadBytes,
            "payload",
            () => $"Must have at most {Job.MaxPayloadBytes} bytes of UTF-8.");
        RequireLength(Id?.Value, JobId.MaxLength, "id");
        RequireLength(UserId, JobLimits.MaxKeyLength, "userId");
        RequireLength(OrderKey, JobLimits.MaxKeyLength, "orderKey");
        RequireLength(DedupKey, JobLimits.MaxKeyLength, "dedupKey");
        // Text that a store rejects would also fail the jobs of other callers in the same batch.
        Require(StorableText.IsStorable(Name), "name", () => StorableText.Rule);
        Require(StorableText.IsStorable(Payload), "payload", () => StorableText.Rule);
        Require(StorableText.IsStorable(Id?.Value), "id", () => StorableText.Rule);
        Require(PathSegment.IsValid(Id?.Value), "id", () => PathSegment.Rule);
        Require(StorableText.IsStorable(UserId), "userId", () => StorableText.Rule);
        Require(StorableText.IsStorable(OrderKey), "orderKey", () => StorableText.Rule);
        Require(StorableText.IsStorable(DedupKey), "dedupKey", () => StorableText.Rule);
        Require(
            Priority is null or (>= Job.MinPriority and <= Job.MaxPriority),
            "priority",
            () => $"Must be {Job.MinPriority} to {Job.MaxPriority}.");
        Require(Weight is >= 1 and <= ushort.MaxValue, "weight", () => $"Must be 1 to {ushort.MaxValue}.");
        Require(Cost is >= 1 and <= ushort.MaxValue, "cost", () => $"Must be 1 to {ushort.MaxValue}.");
        Require(
            Delay >= TimeSpan.Zero && Delay <= JobLimits.MaxDelay,
            "delay",
            () => $"Must be 0 to {JobLimits.MaxDelay.TotalDays} days.");
        Require(Attempts is null or (>= 1 and <= JobLimits.MaxAttempts), "attempts", () => $"Must be 1 to {JobLimits.MaxAttempts}.");
        Require(
            BackoffDelay is not { } backoff || (backoff >= TimeSpan.Zero && backoff <= JobLimits.MaxBackoff),
            "backoffDelay",
            () => $"Must be 0 to {JobLimits.MaxBackoff.TotalHours} h.");
        Require(Enum.IsDefined(Backoff), "backoff", () => "Must be exponential or fixed.");
        Require(Jitter is >= 0 and <= 1, "jitter", () => "Must be 0 to 1.");
        Require(
            Timeout is not { } timeout || (timeout >= TimeSpan.FromMilliseconds(1) && timeout <= JobLimits.MaxTimeout),
            "timeout",
            () => $"Must be 1 ms to {JobLimits.MaxTimeout.TotalHours} h.");
        Require(
            Deadline is not { } deadline || (deadline > TimeSpan.Zero && deadline <= JobLimits.MaxDelay),
            "deadline",
            () => $"Must be more than 0 and at most {JobLimits.MaxDelay.TotalDays} days.");
        Require(
            DedupWindow is not { } window || (window >= TimeSpan.Zero && window <= JobLimits.MaxDedupWindow),
            "dedupWindow",
            () => $"Must be 0 to {JobLimits.MaxDedupWindow.TotalDays} days.");
        Require(IsValid(KeepCompleted), "keepCompleted", () => "Must have a count and an age of 0 or more.");
        Require(IsValid(KeepFailed), "keepFailed", () => "Must have a count and an age of 0 or more.");

        void Require(bool isValid, string field, Func<string> rule)
        {
            if (!isValid) throw JubileeException.Invalid(path + field, rule());
        }

        void RequireLength(string? text, int max, string field)
        {
            if (text is not null && (text.Length == 0 || text.Length > max))
                throw JubileeException.Invalid(path + field, $"Must have 1 to {max} characters.");
        }
    }

    /// <summary>When a job that is accepted at the instant may start; null for at once. Unix milliseconds.</summary>
    public long? ReadyAtFrom(long acceptedAt) =>
        Delay > TimeSpan.Zero ? acceptedAt + (long)Math.Ceiling(Delay.TotalMilliseconds) : null;

    /// <summary>The job's own deadline, counted from an instant; null for none. Unix milliseconds.</summary>
    public long? DeadlineFrom(long from) => Deadline is { } deadline ? from + (long)deadline.TotalMilliseconds : null;

    private static bool IsValid(KeepRule? rule) => rule is null or { Count: >= 0 } && (rule is null || rule.Age >= TimeSpan.Zero);
}
