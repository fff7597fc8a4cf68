using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

internal sealed record CleanRequest : ICheckedRequest, IAuditedRequest
{
    private const int MaxGraceSeconds = 365 * 24 * 3600;

    /// <summary>completed, failed or cancelled.</summary>
    public string? State { get; init; }

    /// <summary>Jobs that ended within so many seconds stay; 0 when it is left out.</summary>
    public int? GraceSeconds { get; init; }

    /// <summary>1 to 1,000, which it is when it is left out.</summary>
    public int? Limit { get; init; }

    [JsonIgnore]
    public JobState EndedState => WireEnum<JobState>.Read(new Faults(), "state", State) ?? default;

    [JsonIgnore]
    public TimeSpan Grace => TimeSpan.FromSeconds(GraceSeconds ?? 0);

    [JsonIgnore]
    public int Count => Limit ?? IQueueAdmin.MaxCleaned;

    public void Check(Faults faults)
    {
        var state = WireEnum<JobState>.Read(new Faults(), "state", State);
        faults.AddIf(state is not (JobState.Completed or JobState.Failed or JobState.Cancelled), "state", "completed, failed or cancelled is expected.");
        faults.AddIf(GraceSeconds is < 0 or > MaxGraceSeconds, "graceSeconds", $"0 to {MaxGraceSeconds} is expected.");
        faults.AddIf(Limit is < 1 or > IQueueAdmin.MaxCleaned, "limit", $"1 to {IQueueAdmin.MaxCleaned} is expected.");
    }
}
