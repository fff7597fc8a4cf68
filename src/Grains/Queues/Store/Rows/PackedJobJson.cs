using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JubileeVerse.Queues.Store.Rows;

[JsonSerializable(typeof(PackedJob[]))]
internal sealed partial class PackedJobJson : JsonSerializerContext
{
    /// <summary>
    /// Relaxed escaping, because payloads contain many quotes that would take six characters each. The text is never part of an HTML page.
    /// </summary>
    public static PackedJobJson Text { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
