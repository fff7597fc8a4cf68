using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Conversations.Requests;

internal sealed record MarkReadRequest : ICheckedRequest
{
    public long? Seq { get; init; }

    public void Check(Faults faults) =>
        faults.AddIf(Seq is null or < 0, "seq", "Must be the sequence number of a message, 0 or greater.");
}
