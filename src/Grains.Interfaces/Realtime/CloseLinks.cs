using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>
/// Tells gateways to close links of a person. On the way of <c>user:{id}</c>, so that it comes in order with what the person is told; it ends
/// at the gateway and no client ever sees it.
/// </summary>
/// <param name="Channel">The person's.</param>
/// <param name="LinkIds">Which; empty for all of them.</param>
/// <param name="Session">Only those of this session, by its subject; null for any.</param>
/// <param name="Code">With which they are closed.</param>
[GenerateSerializer, Immutable, Alias("CloseLinks")]
public sealed record CloseLinks(ChannelName Channel, ImmutableArray<string> LinkIds, string? Session, int Code) : ChannelFrame(Channel)
{
    public const string TypeName = "close-links";

    [JsonIgnore]
    public override string Type => TypeName;
}
