using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime.Frames;

/// <summary>
/// Requests gateways to close connections of a user. It is published on <c>user:{id}</c>, so that it is ordered with the user's other
/// frames. Gateways do not forward it to clients.
/// </summary>
/// <param name="Channel">The user's channel.</param>
/// <param name="ConnectionIds">The connections to close; empty for all.</param>
/// <param name="Session">Closes only connections of this session, identified by its subject; null for any session.</param>
/// <param name="Code">The close code.</param>
[GenerateSerializer, Immutable, Alias("CloseLinks")]
public sealed record CloseConnections(ChannelName Channel, ImmutableArray<string> ConnectionIds, string? Session, int Code)
    : ChannelFrame(Channel)
{
    public const string TypeName = "close-links";

    [JsonIgnore]
    public override string Type => TypeName;
}
