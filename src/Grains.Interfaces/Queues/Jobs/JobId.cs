using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Replies;

namespace JubileeVerse.Queues.Jobs;

/// <summary>Identifies a job of a queue. The producer may choose it, 1 to 100 characters, which makes adding the job idempotent.</summary>
[GenerateSerializer, Immutable, Alias("JobId")]
[JsonConverter(typeof(JsonText))]
public readonly record struct JobId([property: Id(0)] string Value)
{
    public const int MaxLength = 100;

    public static JobId From(ReplyId id) => new(id.ToString());

    public override string ToString() => Value;

    internal sealed class JsonText : JsonConverter<JobId>
    {
        public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("Expected a job id."));

        public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
