using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>The first frame of a link.</summary>
/// <param name="ConnectionId">Names the link in logs and in the list of connections.</param>
/// <param name="HeartbeatSeconds">There is something to hear at least as often.</param>
/// <param name="Limits">What it may do.</param>
/// <param name="ServerTime">For clients whose clock is wrong.</param>
[GenerateSerializer, Immutable, Alias("Connected")]
public sealed record Connected(string ConnectionId, int HeartbeatSeconds, LinkLimits Limits, DateTimeOffset ServerTime) : Frame
{
    public const string TypeName = "connected";

    [JsonIgnore]
    public override string Type => TypeName;
}
