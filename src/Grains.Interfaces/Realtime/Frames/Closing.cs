using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime.Frames;

/// <summary>The server closes this connection.</summary>
/// <param name="Code">
/// 4000 to 4099: reconnect at once; 4100 to 4199: after the delay; 4200 to 4299: with a new token; 4300 to 4399: never.
/// </param>
/// <param name="ReconnectAfterMs">Milliseconds to wait before reconnecting, including jitter.</param>
[GenerateSerializer, Immutable, Alias("Closing")]
public sealed record Closing(int Code, int ReconnectAfterMs) : Frame
{
    public const string TypeName = "closing";

    [JsonIgnore]
    public override string Type => TypeName;
}
