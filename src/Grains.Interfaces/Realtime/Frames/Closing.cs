using System.Text.Json.Serialization;
using JubileeVerse.Rules;

namespace JubileeVerse.Realtime.Frames;

/// <summary>The server closes this connection.</summary>
/// <param name="Code">One of <see cref="CloseCodes"/>; its range defines when to reconnect.</param>
/// <param name="ReconnectAfterMs">Milliseconds to wait before reconnecting, including jitter.</param>
[GenerateSerializer, Immutable, Alias("Closing")]
public sealed record Closing(int Code, int ReconnectAfterMs) : Frame
{
    public const string TypeName = "closing";

    /// <summary>The reason word of the code, for logs and people; null for a code that the sender does not know.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    [JsonIgnore]
    public override string Type => TypeName;
}
