using JubileeVerse.Gateway.Errors;

namespace JubileeVerse.Gateway.Conversations;

internal sealed record MarkReadRequest : ICheckedRequest
{
    public long? Seq { get; init; }

    public void Check(Faults faults) => faults.AddIf(Seq is null or < 0, "seq", "The number of a message is expected.");
}
