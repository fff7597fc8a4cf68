using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime;

/// <summary>An attempt failed and another follows after the delay. Nobody is told of an error before the last.</summary>
[GenerateSerializer, Immutable, Alias("ReplyRetrying")]
public sealed record ReplyRetrying(ChannelName Channel, ReplyId ReplyId, int Attempt, long DelayMs) : ChannelFrame(Channel)
{
    public const string TypeName = "ai-response-retrying";

    [JsonIgnore]
    public override string Type => TypeName;
}
