using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace JubileeVerse.Queues.Store.Rows;

/// <summary>
/// The JSON text of a pack: an array of jobs, each with the plain columns of its row and its sort key as <c>place</c>. It is read as rows.
/// </summary>
[JsonSerializable(typeof(JobRow[]), GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class JobPackJson : JsonSerializerContext
{
    /// <summary>
    /// Relaxed escaping, because payloads contain many quotes that would take six characters each. The text is never part of an HTML page.
    /// </summary>
    public static JobPackJson Text { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static JsonTypeInfo<JobPack> Pack { get; } = JsonMetadataServices.CreateValueInfo<JobPack>(Text.Options, new PackWriter());

    private sealed class PackWriter : JsonConverter<JobPack>
    {
        public override JobPack Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A pack is read as rows.");

        public override void Write(Utf8JsonWriter writer, JobPack value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var (job, sortKey) in value.Jobs)
            {
                writer.WriteStartObject();
                foreach (var column in Rows.JobRow.PlainColumns)
                    column.WriteJson(writer, job);
                writer.WriteNumber("place", sortKey);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }
}
