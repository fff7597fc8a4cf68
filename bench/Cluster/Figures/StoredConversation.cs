using System.Net;
using System.Text.Json;
using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>A conversation that was read back over HTTP after the run.</summary>
/// <param name="Messages">Oldest first.</param>
/// <param name="Ends">The status of replies without a message, by reply id.</param>
internal sealed record StoredConversation(IReadOnlyList<ApiMessage> Messages, IReadOnlyDictionary<string, string> Ends)
{
    private const int PageSize = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<StoredConversation> ReadAsync(SimulatedUser person, CancellationToken cancellationToken)
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

    private static async Task<List<ApiMessage>> MessagesAsync(SimulatedUser person, CancellationToken cancellationToken)
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

    private static async Task<string> StatusAsync(SimulatedUser person, string replyId, CancellationToken cancellationToken) =>
        (await GetAsync(person, $"/api/replies/{replyId}", cancellationToken)).GetProperty("reply").GetProperty("status").GetString()!;

    private static async Task<JsonElement> GetAsync(SimulatedUser person, string path, CancellationToken cancellationToken)
    {
        var response = await person.Client.SendAsync("read", (api, token) => api.GetAsync(path, token), cancellationToken);
        return response?.Status == HttpStatusCode.OK
            ? response.Body
            : throw new InvalidOperationException($"{path} could not be read back: {response?.Text ?? "no response"}");
    }
}
