using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using JubileeVerse.Errors;

namespace JubileeVerse.Queues;

/// <summary>Makes jobs of what is asked for, with the queue's defaults, and refuses what breaks a rule.</summary>
internal sealed class NewJobs(string queue, Func<QueueOptions> options)
{
    private const int MaxName = 100;
    private const int MaxKey = 200;
    private const int MaxAttempts = 20;
    public const string NoPathSegment = "Must not contain /, nor be . or .. alone: it is part of paths.";
    public const string NoText = "Must be text, without U+0000 and halves of surrogate pairs.";

    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(365);
    private static readonly TimeSpan MaxDedupWindow = TimeSpan.FromDays(30);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(24);

    // Rises with each job, and by far more than jobs are added in the time between two activations.
    private const long OrderNumbersPerMs = 1000;

    private long _orderNumber;

    /// <summary>Throws for the first field that is wrong, named as <c>jobs[2].priority</c>.</summary>
    public ImmutableArray<Job> Of(ImmutableArray<NewJob> asked, long nowMs)
    {
        if (asked.IsDefaultOrEmpty || asked.Length > IQueueIntake.MaxJobs)
            throw JubileeException.Invalid("jobs", $"Add 1 to {IQueueIntake.MaxJobs} jobs at once.");

        for (var i = 0; i < asked.Length; i++)
            Check(asked[i], string.Create(CultureInfo.InvariantCulture, $"jobs[{i}]."));
        return [.. asked.Select(job => ToJob(job, nowMs))];
    }

    /// <summary>
    /// The children in their order, then the parent: one that had a lower number than they have would hold them up where they share its
    /// order key, and wait for them for ever.
    /// </summary>
    public ImmutableArray<Job> Of(NewFlow asked, long nowMs)
    {
        if (asked.Children.IsDefaultOrEmpty || asked.Children.Length > NewFlow.MaxChildren)
            throw JubileeException.Invalid("children", $"A flow has 1 to {NewFlow.MaxChildren} children.");

        for (var i = 0; i < asked.Children.Length; i++)
        {
            Check(asked.Children[i].Job, string.Create(CultureInfo.InvariantCulture, $"children[{i}].job."));
            if (!Enum.IsDefined(asked.Children[i].OnFailure))
                throw JubileeException.Invalid(string.Create(CultureInfo.InvariantCulture, $"children[{i}].onFailure"), "Must be fail-parent, ignore or continue.");
        }

        Check(asked.Parent, "parent.");
        if (asked.Parent.Delay > TimeSpan.Zero)
            throw JubileeException.Invalid("parent.delay", "Must be 0: it waits for its children.");

        var parentId = asked.Parent.Id ?? NewId(nowMs);
        var children = asked.Children.Select(child => ToJob(child.Job, nowMs) with { ParentId = parentId, OnFailure = child.OnFailure }).ToArray();

        // When it will be ready nobody knows: what the queue's own deadline counts from.
        var parent = ToJob(asked.Parent with { Id = parentId }, nowMs) with { WaitsForChildren = true, Deadline = DeadlineOf(asked.Parent, nowMs) };
        return [.. children, parent];
    }

    /// <summary>A schedule's job, which is accepted now and due later.</summary>
    public Job Due(NewJob asked, JobId id, long dueMs, long nowMs) => ToJob(asked with { Id = id }, nowMs) with
    {
        ReadyAt = dueMs,
        Deadline = DeadlineOf(asked, dueMs) ?? QueueDeadline(dueMs),
    };

    /// <summary>Throws for the first field that is wrong, named with the path before it.</summary>
    public static void Check(NewJob job, string path)
    {
        Require(job.Name.Length is >= 1 and <= MaxName, "name", () => $"Must have 1 to {MaxName} characters.");
        Require(Encoding.UTF8.GetByteCount(job.Payload) <= Job.MaxPayloadBytes, "payload", () => $"Must have at most {Job.MaxPayloadBytes} bytes of UTF-8.");
        Require(job.Id?.Value.Length is null or (>= 1 and <= JobId.MaxLength), "id", () => $"Must have 1 to {JobId.MaxLength} characters.");
        Require(job.UserId?.Length is null or (>= 1 and <= MaxKey), "userId", () => $"Must have 1 to {MaxKey} characters.");
        Require(job.OrderKey?.Length is null or (>= 1 and <= MaxKey), "orderKey", () => $"Must have 1 to {MaxKey} characters.");
        Require(job.DedupKey?.Length is null or (>= 1 and <= MaxKey), "dedupKey", () => $"Must have 1 to {MaxKey} characters.");
        Require(IsText(job.Name), "name", () => NoText);
        Require(IsText(job.Payload), "payload", () => NoText);
        Require(IsText(job.Id?.Value), "id", () => NoText);
        Require(IsPathSegment(job.Id?.Value), "id", () => NoPathSegment);
        Require(IsText(job.UserId), "userId", () => NoText);
        Require(IsText(job.OrderKey), "orderKey", () => NoText);
        Require(IsText(job.DedupKey), "dedupKey", () => NoText);
        Require(job.Priority is null or (>= Job.MinPriority and <= Job.MaxPriority), "priority", () => $"Must be {Job.MinPriority} to {Job.MaxPriority}.");
        Require(job.Weight is >= 1 and <= ushort.MaxValue, "weight", () => $"Must be 1 to {ushort.MaxValue}.");
        Require(job.Cost is >= 1 and <= ushort.MaxValue, "cost", () => $"Must be 1 to {ushort.MaxValue}.");
        Require(job.Delay >= TimeSpan.Zero && job.Delay <= MaxDelay, "delay", () => $"Must be 0 to {MaxDelay.TotalDays} days.");
        Require(job.Attempts is null or (>= 1 and <= MaxAttempts), "attempts", () => $"Must be 1 to {MaxAttempts}.");
        Require(job.BackoffDelay is not { } backoff || (backoff >= TimeSpan.Zero && backoff <= MaxBackoff), "backoffDelay", () => $"Must be 0 to {MaxBackoff.TotalHours} h.");
        Require(Enum.IsDefined(job.Backoff), "backoff", () => "Must be exponential or fixed.");
        Require(job.Jitter is >= 0 and <= 1, "jitter", () => "Must be 0 to 1.");
        Require(job.Timeout is not { } timeout || (timeout >= TimeSpan.FromMilliseconds(1) && timeout <= MaxTimeout), "timeout", () => $"Must be 1 ms to {MaxTimeout.TotalHours} h.");
        Require(job.Deadline is not { } deadline || (deadline > TimeSpan.Zero && deadline <= MaxDelay), "deadline", () => $"Must be more than 0 and at most {MaxDelay.TotalDays} days.");
        Require(job.DedupWindow is not { } window || (window >= TimeSpan.Zero && window <= MaxDedupWindow), "dedupWindow", () => $"Must be 0 to {MaxDedupWindow.TotalDays} days.");
        Require(IsKept(job.KeepCompleted), "keepCompleted", () => "Must have a count and an age of 0 or more.");
        Require(IsKept(job.KeepFailed), "keepFailed", () => "Must have a count and an age of 0 or more.");

        void Require(bool holds, string field, Func<string> rule)
        {
            if (!holds) throw JubileeException.Invalid(path + field, rule());
        }
    }

    /// <summary>What cannot be named in a path, however it is escaped: servers and proxies take an escaped / for itself or for a /, as they like.</summary>
    public static bool IsPathSegment(string? id) => id is not ("." or "..") && id?.Contains('/', StringComparison.Ordinal) is not true;

    /// <summary>A text that a store refuses would fail the jobs of others too, which are written with it.</summary>
    public static bool IsText(string? text)
    {
        if (text is null || (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains('\0', StringComparison.Ordinal)))
            return true;

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i]))))
                return false;
        }

        return true;
    }

    private static bool IsKept(KeepRule? rule) => rule is null or { Count: >= 0 } && (rule is null || rule.Age >= TimeSpan.Zero);

    /// <summary>
    /// A UUID of version 7 (RFC 9562). It names a job and keeps no secret, so its random bits are not asked of the system: that costs
    /// more than all else here.
    /// </summary>
    private static JobId NewId(long nowMs)
    {
        const int UuidBytes = 16;
        Span<byte> bytes = stackalloc byte[UuidBytes];
        Random.Shared.NextBytes(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)nowMs);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(nowMs >> 16));
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new JobId(new Guid(bytes, bigEndian: true).ToString());
    }

    private static long? ReadyAtOf(NewJob job, long nowMs) => job.Delay > TimeSpan.Zero ? nowMs + (long)Math.Ceiling(job.Delay.TotalMilliseconds) : null;

    private static long? DeadlineOf(NewJob job, long fromMs) => job.Deadline is { } deadline ? fromMs + (long)deadline.TotalMilliseconds : null;

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
