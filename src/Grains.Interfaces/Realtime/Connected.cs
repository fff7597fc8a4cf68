using System.Collections.Immutable;
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

    /// <summary>Where a stream of events begins in each channel that it hears. Null on a link of the hub, where the answer to each subscription says it.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<StreamPosition>? Positions { get; init; }

    [JsonIgnore]
    public override string Type => TypeName;
}
