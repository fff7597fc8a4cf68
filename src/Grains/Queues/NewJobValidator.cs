using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using JubileeVerse.Errors;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>Validates requested jobs and creates them with the queue's defaults.</summary>
internal sealed class NewJobValidator(string queue, Func<QueueOptions> options, Random random)
{
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
            newJobs[i].Check(string.Create(CultureInfo.InvariantCulture, $"jobs[{i}]."));
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
            flow.Children[i].Job.Check(string.Create(CultureInfo.InvariantCulture, $"children[{i}].job."));
            if (Enum.IsDefined(flow.Children[i].OnFailure))
                continue;
            var field = string.Create(CultureInfo.InvariantCulture, $"children[{i}].onFailure");
            throw JubileeException.Invalid(field, "Must be fail-parent, ignore or continue.");
        }

        flow.Parent.Check("parent.");
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
            Deadline = flow.Parent.DeadlineFrom(nowMs),
        };
        return [.. children, parent];
    }

    /// <summary>Creates a schedule's job, which is accepted now and due later.</summary>
    public Job CreateDue(NewJob newJob, JobId id, long dueMs, long nowMs) => ToJob(newJob with { Id = id }, nowMs) with
    {
        ReadyAt = dueMs,
        Deadline = newJob.DeadlineFrom(dueMs) ?? QueueDeadline(dueMs),
    };

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

    private long? QueueDeadline(long readyMs) => options().Deadline is { } deadline ? readyMs + (long)deadline.TotalMilliseconds : null;

    private Job ToJob(NewJob job, long nowMs) => Job.Create(
        job,
        job.Id ?? NewId(nowMs),
        queue,
        orderNumber: _orderNumber = Math.Max(_orderNumber + 1, nowMs * OrderNumbersPerMs),
        priority: job.Priority ?? options().Priority,
        attempts: job.Attempts ?? options().Attempts,
        backoffMs: (int?)job.BackoffDelay?.TotalMilliseconds ?? options().BackoffMs,
        acceptedAt: nowMs,
        deadline: job.DeadlineFrom(nowMs) ?? QueueDeadline(job.ReadyAtFrom(nowMs) ?? nowMs));
}
