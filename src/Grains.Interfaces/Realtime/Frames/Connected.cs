using System.Collections.Immutable;
using System.Text.Json.Serialization;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Realtime.Frames;

/// <summary>The first frame of a connection.</summary>
/// <param name="ConnectionId">Identifies the connection in logs and in the list of connections.</param>
/// <param name="HeartbeatSeconds">Maximum interval between two messages from the server.</param>
/// <param name="Limits">The limits of the connection.</param>
/// <param name="ServerTime">The server's clock, for clients whose clock is wrong.</param>
[GenerateSerializer, Immutable, Alias("Connected")]
public sealed record Connected(string ConnectionId, int HeartbeatSeconds, ConnectionLimits Limits, DateTimeOffset ServerTime) : Frame
{
    public const string TypeName = "connected";

    /// <summary>
    /// The position at which an event stream begins in each of its channels. Null for a hub connection, where the result of each
    /// subscription contains it.
    /// </summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<StreamPosition>? Positions { get; init; }

    [JsonIgnore]
    public override string Type => TypeName;
}
