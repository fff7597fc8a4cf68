using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JubileeVerse.Queues.Store;

[JsonSerializable(typeof(PackedJob[]))]
internal sealed partial class PackedJobJson : JsonSerializerContext
{
    /// <summary>Payloads are full of quotes, which would else be six characters each; nothing of this is ever part of a page.</summary>
    public static PackedJobJson Text { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
