using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// The JSON of commands and frames: as on the wire everywhere, with the rules of text for what comes in, and frames as the bytes that they have.
/// </summary>
internal static class HubJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(WireJson.Options) { NumberHandling = JsonNumberHandling.Strict };
        options.Converters.Add(new CleanTextConverter());
        options.Converters.Add(new SharedFrameConverter());
        options.Converters.Add(new FrameBurstConverter());
        options.MakeReadOnly();
        return options;
    }
}
