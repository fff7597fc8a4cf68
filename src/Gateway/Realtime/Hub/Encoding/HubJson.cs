using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Gateway.Realtime.Hub.Encoding;

/// <summary>
/// The JSON options of the hub: those of all wire formats, with the text rules for input, and with frames written as their cached bytes.
/// </summary>
internal static class HubJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(WireJson.Options) { NumberHandling = JsonNumberHandling.Strict };
        options.Converters.Add(new CleanTextConverter());
        options.Converters.Add(new SharedFrameConverter());
        options.Converters.Add(new FrameBurstConverter());
        options.MakeReadOnly();
        return options;
    }
}
