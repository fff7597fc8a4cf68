using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Rules;

namespace JubileeVerse.Queues;

/// <summary>Validates requested jobs and creates them with the queue's defaults.</summary>
internal sealed class NewJobValidator(string queue, Func<QueueOptions> options, Random random)
{
    public const string PathSegmentRule =
        "Must not contain \"/\" and must not be \".\" or \"..\", because it is used as a URL path segment.";

    // Order numbers rise with each job and derive from the clock: nowMs · OrderNumbersPerMs exceeds every number of the former activation,
    // because an activation adds fewer than 1,000 jobs per millisecond.
    private const long OrderNumbersPerMs = 1000;

    private long _orderNumber;

    /// <summary>Throws for the first invalid field and names it by its path, such as <c>jobs[2].priority</c>.</summary>
    public ImmutableArray<Job> Create(ImmutableArray<NewJob> newJobs, long nowMs)
    {
        if (newJobs.IsDefaultOrEmpty || newJobs.Length > IQueueIntakeGrain.MaxJobs)
            throw JubileeException.Invalid("jobs", $"Must have 1 to {IQueueIntakeGrain.MaxJobs} jobs.");

        for (var i = 0; i < newJobs.Length; i++)
            Validate(newJobs[i], string.Create(CultureInfo.InvariantCulture, $"jobs[{i}]."));
        return [.. newJobs.Select(job => ToJob(job, nowMs))];
    }

    /// <summary>
    /// Creates the children in their order, then the parent. The parent needs the highest order number: when it shares an order key with
    /// its children, a lower number would hold them back while it waits for them, which is a deadlock.
    /// </summary>
    public ImmutableArray<Job> Create(NewFlow flow, long nowMs)
    {
        if (flow.Children.IsDefaultOrEmpty || flow.Children.Length > NewFlow.MaxChildren)
            throw JubileeException.Invalid("children", $"Must have 1 to {NewFlow.MaxChildren} children.");

        for (var i = 0; i < flow.Children.Length; i++)
        {
            Validate(flow.Children[i].Job, string.Create(CultureInfo.InvariantCulture, $"children[{i}].job."));
            if (Enum.IsDefined(flow.Children[i].OnFailure))
                continue;
            var field = string.Create(CultureInfo.InvariantCulture, $"children[{i}].onFailure");
            throw JubileeException.Invalid(field, "Must be fail-parent, ignore or continue.");
        }

        Validate(flow.Parent, "parent.");
        if (flow.Parent.Delay > TimeSpan.Zero)
            throw JubileeException.Invalid("parent.delay", "Must be 0, because the parent waits for its children.");

        var parentId = flow.Parent.Id ?? NewId(nowMs);
        var children = flow.Children
            .Select(child => ToJob(child.Job, nowMs) with { ParentId = parentId, OnFailure = child.OnFailure })
            .ToArray();

        // The queue's default deadline does not apply: it counts from the time when the job is ready, which is unknown for a parent.
        var parent = ToJob(flow.Parent with { Id = parentId }, nowMs) with
        {
            WaitsForChildren = true,
            Deadline = DeadlineOf(flow.Parent, nowMs),
        };
        return [.. children, parent];
    }

    /// <summary>Creates a schedule's job, which is accepted now and due later.</summary>
    public Job CreateDue(NewJob newJob, JobId id, long dueMs, long nowMs) => ToJob(newJob with { Id = id }, nowMs) with
    {
        ReadyAt = dueMs,
        Deadline = DeadlineOf(newJob, dueMs) ?? QueueDeadline(dueMs),
    };

    /// <summary>Throws for the first invalid field.</summary>
    /// <param name="path">The prefix of the field's name in the error, such as <c>jobs[2].</c>.</param>
    public static void Validate(NewJob job, string path)
    {
        RequireLength(job.Name ?? "", JobLimits.MaxNameLength, "name");
        Require(
            Encoding.UTF8.GetByteCount(job.Payload) <= Job.MaxPayloadBytes,
            "payload",
            () => $"Must have at most {Job.MaxPayloadBytes} bytes of UTF-8.");
        RequireLength(job.Id?.Value, JobId.MaxLength, "id");
        RequireLength(job.UserId, JobLimits.MaxKeyLength, "userId");
        RequireLength(job.OrderKey, JobLimits.MaxKeyLength, "orderKey");
        RequireLength(job.DedupKey, JobLimits.MaxKeyLength, "dedupKey");
        // Text that a store rejects would also fail the jobs of other callers in the same batch.
        Require(StorableText.IsStorable(job.Name), "name", () => StorableText.Rule);
        Require(StorableText.IsStorable(job.Payload), "payload", () => StorableText.Rule);
        Require(StorableText.IsStorable(job.Id?.Value), "id", () => StorableText.Rule);
        Require(IsPathSegment(job.Id?.Value), "id", () => PathSegmentRule);
        Require(StorableText.IsStorable(job.UserId), "userId", () => StorableText.Rule);
        Require(StorableText.IsStorable(job.OrderKey), "orderKey", () => StorableText.Rule);
        Require(StorableText.IsStorable(job.DedupKey), "dedupKey", () => StorableText.Rule);
        Require(
            job.Priority is null or (>= Job.MinPriority and <= Job.MaxPriority),
            "priority",
            () => $"Must be {Job.MinPriority} to {Job.MaxPriority}.");
        Require(job.Weight is >= 1 and <= ushort.MaxValue, "weight", () => $"Must be 1 to {ushort.MaxValue}.");
        Require(job.Cost is >= 1 and <= ushort.MaxValue, "cost", () => $"Must be 1 to {ushort.MaxValue}.");
        Require(
            job.Delay >= TimeSpan.Zero && job.Delay <= JobLimits.MaxDelay,
            "delay",
            () => $"Must be 0 to {JobLimits.MaxDelay.TotalDays} days.");
        Require(job.Attempts is null or (>= 1 and <= JobLimits.MaxAttempts), "attempts", () => $"Must be 1 to {JobLimits.MaxAttempts}.");
        Require(
            job.BackoffDelay is not { } backoff || (backoff >= TimeSpan.Zero && backoff <= JobLimits.MaxBackoff),
            "backoffDelay",
            () => $"Must be 0 to {JobLimits.MaxBackoff.TotalHours} h.");
        Require(Enum.IsDefined(job.Backoff), "backoff", () => "Must be exponential or fixed.");
        Require(job.Jitter is >= 0 and <= 1, "jitter", () => "Must be 0 to 1.");
        Require(
            job.Timeout is not { } timeout || (timeout >= TimeSpan.FromMilliseconds(1) && timeout <= JobLimits.MaxTimeout),
            "timeout",
            () => $"Must be 1 ms to {JobLimits.MaxTimeout.TotalHours} h.");
        Require(
            job.Deadline is not { } deadline || (deadline > TimeSpan.Zero && deadline <= JobLimits.MaxDelay),
            "deadline",
            () => $"Must be more than 0 and at most {JobLimits.MaxDelay.TotalDays} days.");
        Require(
            job.DedupWindow is not { } window || (window >= TimeSpan.Zero && window <= JobLimits.MaxDedupWindow),
            "dedupWindow",
            () => $"Must be 0 to {JobLimits.MaxDedupWindow.TotalDays} days.");
        Require(IsValid(job.KeepCompleted), "keepCompleted", () => "Must have a count and an age of 0 or more.");
        Require(IsValid(job.KeepFailed), "keepFailed", () => "Must have a count and an age of 0 or more.");

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

    /// <summary>
    /// Whether the id can be a URL path segment. Escaping a slash does not help, because servers and proxies disagree on whether an escaped
    /// slash separates segments.
    /// </summary>
    public static bool IsPathSegment(string? id) => id is not ("." or "..") && id?.Contains('/', StringComparison.Ordinal) is not true;

    private static bool IsValid(KeepRule? rule) => rule is null or { Count: >= 0 } && (rule is null || rule.Age >= TimeSpan.Zero);

    /// <summary>
    /// Creates a version 7 UUID (RFC 9562). A job id is no secret, so its random bits come from a <see cref="Random"/>: the operating
    /// system's generator would cost more than everything else in this class.
    /// </summary>
    private JobId NewId(long nowMs)
    {
        const int UuidBytes = 16;
        Span<byte> bytes = stackalloc byte[UuidBytes];
        random.NextBytes(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)nowMs);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(nowMs >> 16));
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new JobId(new Guid(bytes, bigEndian: true).ToString());
    }

    private static long? ReadyAtOf(NewJob job, long nowMs) =>
        job.Delay > TimeSpan.Zero ? nowMs + (long)Math.Ceiling(job.Delay.TotalMilliseconds) : null;

    private static long? DeadlineOf(NewJob job, long fromMs) =>
        job.Deadline is { } deadline ? fromMs + (long)deadline.TotalMilliseconds : null;

    private long? QueueDeadline(long readyMs) => options().Deadline is { } deadline ? readyMs + (long)deadline.TotalMilliseconds : null;

    private Job ToJob(NewJob job, long nowMs) => new(
        job.Id ?? NewId(nowMs),
        queue,
        job.Name,
        job.UserId,
        job.OrderKey,
        _orderNumber = Math.Max(_orderNumber + 1, nowMs * OrderNumbersPerMs),
        job.Priority ?? options().Priority,
        job.Weight,
        job.Payload,
        job.Attempts ?? options().Attempts,
        (int?)job.BackoffDelay?.TotalMilliseconds ?? options().BackoffMs,
        nowMs,
        DeadlineOf(job, nowMs) ?? QueueDeadline(ReadyAtOf(job, nowMs) ?? nowMs))
    {
        Backoff = job.Backoff,
        Jitter = job.Jitter,
        TimeoutMs = (long?)job.Timeout?.TotalMilliseconds,
        Cost = job.Cost,
        ReadyAt = ReadyAtOf(job, nowMs),
        DedupKey = job.DedupKey,
        KeepCompleted = job.KeepCompleted,
        KeepFailed = job.KeepFailed,
    };
}
