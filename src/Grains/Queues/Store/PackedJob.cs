namespace JubileeVerse.Queues.Store;

/// <summary>A job in the text of a <see cref="JobPack"/>: the names are those of a job, and what a plain job does not have is not there.</summary>
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
    public static PackedJob Of(Job job, long place) => new(
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
        place);

    public Job ToJob(string queue) => new(
        new JobId(Id), queue, Name, UserId, OrderKey, OrderNumber, Priority, Weight, Payload, Attempts, BackoffMs, AcceptedAt, Deadline)
    {
        ReadyAt = ReadyAt,
    };
}
