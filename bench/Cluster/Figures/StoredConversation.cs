using System.Net;
using System.Text.Json;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>A conversation as it is read back over HTTP when all is over.</summary>
/// <param name="Messages">Oldest first.</param>
/// <param name="Ends">How the replies ended that left no message, by reply.</param>
internal sealed record StoredConversation(IReadOnlyList<ApiMessage> Messages, IReadOnlyDictionary<string, string> Ends)
{
    private const int PageSize = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<StoredConversation> ReadAsync(Person person, CancellationToken cancellationToken)
    {
        var messages = await MessagesAsync(person, cancellationToken);
        var answered = messages.Select(message => message.ReplyId).OfType<string>().ToHashSet();
        var ends = new Dictionary<string, string>();
        foreach (var turn in person.Turns)
        {
            if (turn.Accepted is { } accepted && !answered.Contains(accepted.ReplyId))
                ends[accepted.ReplyId] = await StatusAsync(person, accepted.ReplyId, cancellationToken);
        }

        return new StoredConversation(messages, ends);
    }

    private static async Task<List<ApiMessage>> MessagesAsync(Person person, CancellationToken cancellationToken)
    {
        var messages = new List<ApiMessage>();
        string? next = "0";
        while (next is not null)
        {
            var path = $"/api/conversations/{person.ConversationId}/messages?limit={PageSize}&after={next}";
            var page = await GetAsync(person, path, cancellationToken);
            messages.AddRange(page.GetProperty("messages").Deserialize<List<ApiMessage>>(Json)!);
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }

        return messages;
    }

    private static async Task<string> StatusAsync(Person person, string replyId, CancellationToken cancellationToken) =>
        (await GetAsync(person, $"/api/replies/{replyId}", cancellationToken)).GetProperty("reply").GetProperty("status").GetString()!;

    private static async Task<JsonElement> GetAsync(Person person, string path, CancellationToken cancellationToken)
    {
        var answer = await person.Client.AskAsync("read", (api, token) => api.GetAsync(path, token), cancellationToken);
        return answer?.Status == HttpStatusCode.OK
            ? answer.Body
            : throw new InvalidOperationException($"{path} could not be read back: {answer?.Text ?? "no answer"}");
    }
}
