using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Gateway.Queues.Requests;

internal sealed record CleanRequest : ICheckedRequest, IAuditedRequest
{
    private const int MaxGraceSeconds = 365 * 24 * 3600;

    /// <summary>completed, failed or cancelled.</summary>
    public string? State { get; init; }

    /// <summary>Jobs that ended within this many seconds are kept. Default 0.</summary>
    public int? GraceSeconds { get; init; }

    /// <summary>Maximum number of jobs to delete, 1 to 1,000. Default 1,000.</summary>
    public int? Limit { get; init; }

    [JsonIgnore]
    public JobState EndedState => WireEnum<JobState>.Read(new Faults(), "state", State) ?? default;

    [JsonIgnore]
    public TimeSpan Grace => TimeSpan.FromSeconds(GraceSeconds ?? 0);

    [JsonIgnore]
    public int Count => Limit ?? IQueueAdminGrain.MaxCleaned;

    public void Check(Faults faults)
    {
        var state = WireEnum<JobState>.Read(new Faults(), "state", State);
        faults.AddIf(
            state is not (JobState.Completed or JobState.Failed or JobState.Cancelled), "state", "Must be completed, failed or cancelled.");
        faults.AddIf(GraceSeconds is < 0 or > MaxGraceSeconds, "graceSeconds", $"Must be 0 to {MaxGraceSeconds}.");
        faults.AddIf(Limit is < 1 or > IQueueAdminGrain.MaxCleaned, "limit", $"Must be 1 to {IQueueAdminGrain.MaxCleaned}.");
    }
}
