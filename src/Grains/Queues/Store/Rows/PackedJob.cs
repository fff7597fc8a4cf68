using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>
/// A job in the JSON text of a <see cref="JobPack"/>. The property names are those of a job; it has only the properties of a plain job.
/// </summary>
internal sealed record PackedJob(
    string Id,
    string Name,
    string? UserId,
    string? OrderKey,
    long OrderNumber,
    int Priority,
    int Weight,
    string Payload,
    int Attempts,
    int BackoffMs,
    long AcceptedAt,
    long? Deadline,
    long? ReadyAt,
    long Place)
{
    public static PackedJob From(Job job, long sortKey) => new(
        job.Id.Value,
        job.Name,
        job.UserId,
        job.OrderKey,
        job.OrderNumber,
        job.Priority,
        job.Weight,
        job.Payload,
        job.Attempts,
        job.BackoffMs,
        job.AcceptedAt,
        job.Deadline,
        job.ReadyAt,
        sortKey);

    public Job ToJob(string queue) => new(
        new JobId(Id), queue, Name, UserId, OrderKey, OrderNumber, Priority, Weight, Payload, Attempts, BackoffMs, AcceptedAt, Deadline)
    {
        ReadyAt = ReadyAt,
    };
}
