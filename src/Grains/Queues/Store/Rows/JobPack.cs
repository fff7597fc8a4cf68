using System.Text.Json;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>New jobs that are stored together in one row.</summary>
/// <param name="Id">The id of the row, which is the id of the first job.</param>
/// <param name="Jobs">The jobs with their sort keys, in the order of acceptance.</param>
internal sealed record JobPack(string Id, IReadOnlyCollection<(Job Job, long SortKey)> Jobs)
{
    public static JobPack Create(IReadOnlyCollection<(Job Job, long SortKey)> jobs) => new(jobs.First().Job.Id.Value, jobs);

    /// <summary>The JSON text that is stored.</summary>
    public string ToText() =>
        JsonSerializer.Serialize(
            Jobs.Select(entry => PackedJob.From(entry.Job, entry.SortKey)).ToArray(), PackedJobJson.Text.PackedJobArray);

    public static JobPack Parse(string queue, string id, string text) => new(
        id, [.. JsonSerializer.Deserialize(text, PackedJobJson.Text.PackedJobArray)!.Select(job => (job.ToJob(queue), job.Place))]);
}
