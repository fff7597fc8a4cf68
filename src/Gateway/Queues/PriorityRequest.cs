using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

internal sealed record PriorityRequest : ICheckedRequest, IAuditedRequest
{
    /// <summary>1 (first) to 10.</summary>
    public int? Priority { get; init; }

    public void Check(Faults faults) => faults.AddIf(
        Priority is null or < Job.MinPriority or > Job.MaxPriority, "priority", $"{Job.MinPriority} to {Job.MaxPriority} is expected.");
}
