using System.Text.Json;

namespace JubileeVerse.Queues.Store;

/// <summary>New jobs that are stored together, in one row.</summary>
/// <param name="Id">Of the row: the first job's.</param>
/// <param name="Jobs">With their places, as they were accepted.</param>
internal sealed record JobPack(string Id, IReadOnlyCollection<(Job Job, long Place)> Jobs)
{
    public static JobPack Of(IReadOnlyCollection<(Job Job, long Place)> jobs) => new(jobs.First().Job.Id.Value, jobs);

    /// <summary>As it is stored.</summary>
    public string ToText() =>
        JsonSerializer.Serialize(Jobs.Select(one => PackedJob.Of(one.Job, one.Place)).ToArray(), PackedJobJson.Text.PackedJobArray);

    public static JobPack Parse(string queue, string id, string text) => new(
        id, [.. JsonSerializer.Deserialize(text, PackedJobJson.Text.PackedJobArray)!.Select(job => (job.ToJob(queue), job.Place))]);
}
