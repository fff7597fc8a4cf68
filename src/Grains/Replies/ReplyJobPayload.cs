using System.Text.Json;
using JubileeVerse.Conversations;

namespace JubileeVerse.Replies;

/// <summary>What a job of the queue <c>ai-response</c> carries: names only, never what anybody said.</summary>
public sealed record ReplyJobPayload(ConversationId ConversationId, ReplyId ReplyId)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Null where the text is not a payload.</summary>
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
