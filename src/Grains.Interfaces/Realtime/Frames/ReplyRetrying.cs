using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Realtime.Frames;

/// <summary>An attempt failed and another follows after the delay. Only the failure of the last attempt is published as an error.</summary>
[GenerateSerializer, Immutable, Alias("ReplyRetrying")]
public sealed record ReplyRetrying(ChannelName Channel, ReplyId ReplyId, int Attempt, long DelayMs) : ChannelFrame(Channel)
{
    public const string TypeName = "ai-response-retrying";

    [JsonIgnore]
    public override string Type => TypeName;
}
