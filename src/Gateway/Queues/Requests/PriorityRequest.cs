using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Gateway.Queues.Requests;

internal sealed record PriorityRequest : ICheckedRequest, IAuditedRequest
{
    /// <summary>1 (highest) to 10 (lowest).</summary>
    public int? Priority { get; init; }

    public void Check(Faults faults) => faults.AddIf(
        Priority is null or < Job.MinPriority or > Job.MaxPriority, "priority", $"Must be {Job.MinPriority} to {Job.MaxPriority}.");
}
