using System.Text.Json;
using JubileeVerse.Conversations;

namespace JubileeVerse.Replies;

/// <summary>The payload of a job of the queue <c>ai-response</c>. It contains ids only, never message content.</summary>
public sealed record ReplyJobPayload(ConversationId ConversationId, ReplyId ReplyId)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Returns null if the text is not a valid payload.</summary>
    public static ReplyJobPayload? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ReplyJobPayload>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
