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
    public string ToText() => JsonSerializer.Serialize(this, JobPackJson.Pack);

    public static JobPack Parse(string queue, string id, string text)
    {
        var rows = JsonSerializer.Deserialize(text, JobPackJson.Text.JobRowArray)!;
        foreach (var row in rows)
            row.Queue = queue;
        return new(id, [.. rows.Select(row => (row.ToJob(), row.Place.GetValueOrDefault()))]);
    }
}
