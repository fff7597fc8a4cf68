using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace JubileeVerse.Gateway.Realtime.Hub.Encoding;

/// <summary>
/// Converts JSON to MessagePack and back: property names become string keys, integers stay integers, and every other value keeps its JSON
/// type. Both hub protocols therefore carry the same content, have the same optional properties, and apply the same rules.
/// </summary>
internal static class MessagePackJson
{
    public static byte[] Pack(ReadOnlyMemory<byte> json)
    {
        var bytes = new ArrayBufferWriter<byte>(json.Length);
        var writer = new MessagePackWriter(bytes);
        Write(ref writer, json);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        Write(ref writer, document.RootElement);
    }

    /// <summary>Throws a <see cref="JsonException"/> for a value that JSON cannot represent.</summary>
    public static ReadOnlyMemory<byte> Read(ref MessagePackReader reader, MessagePackSecurity security)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
            Read(ref reader, writer, security);
        return bytes.WrittenMemory;
    }

    private static void Write(ref MessagePackWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteMapHeader(element.GetPropertyCount());
                foreach (var property in element.EnumerateObject())
                {
                    writer.Write(property.Name);
                    Write(ref writer, property.Value);
                }

                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                    Write(ref writer, item);
                break;
            case JsonValueKind.String:
                writer.Write(element.GetString());
                break;
            case JsonValueKind.Number when element.TryGetInt64(out var whole):
                writer.Write(whole);
                break;
            case JsonValueKind.Number:
                writer.Write(element.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Write(element.GetBoolean());
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    private static void Read(ref MessagePackReader reader, Utf8JsonWriter writer, MessagePackSecurity security)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Map:
                security.DepthStep(ref reader);
                ReadMap(ref reader, writer, security);
                reader.Depth--;
                break;
            case MessagePackType.Array:
                security.DepthStep(ref reader);
                writer.WriteStartArray();
                for (var left = reader.ReadArrayHeader(); left > 0; left--)
                    Read(ref reader, writer, security);
                writer.WriteEndArray();
                reader.Depth--;
                break;
            case MessagePackType.String:
                writer.WriteStringValue(reader.ReadString());
                break;
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64:
                writer.WriteNumberValue(reader.ReadUInt64());
                break;
            case MessagePackType.Integer:
                writer.WriteNumberValue(reader.ReadInt64());
                break;
            case MessagePackType.Float:
                ReadFloat(ref reader, writer);
                break;
            case MessagePackType.Boolean:
                writer.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Nil:
                reader.ReadNil();
                writer.WriteNullValue();
                break;
            default:
                throw new JsonException("Binary values and extension types are not supported.");
        }
    }

    private static void ReadMap(ref MessagePackReader reader, Utf8JsonWriter writer, MessagePackSecurity security)
    {
        writer.WriteStartObject();
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            if (reader.NextMessagePackType != MessagePackType.String)
                throw new JsonException("The keys of a map must be strings.");
            writer.WritePropertyName(reader.ReadString()!);
            Read(ref reader, writer, security);
        }

        writer.WriteEndObject();
    }

    private static void ReadFloat(ref MessagePackReader reader, Utf8JsonWriter writer)
    {
        var number = reader.ReadDouble();
        if (!double.IsFinite(number))
            throw new JsonException("A number must be finite.");
        writer.WriteNumberValue(number);
    }
}
