using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Http;

/// <summary>Someone who posts to conversations of their own, one after another.</summary>
internal sealed class LoadPerson : IDisposable
{
    public const int ConversationCount = 4;

    private readonly ApiClient _client;
    private readonly string[] _conversations;
    private readonly string?[] _lastReplies = new string?[ConversationCount];
    private int _next;

    private LoadPerson(ApiClient client, string[] conversations)
    {
        _client = client;
        _conversations = conversations;
    }

    public static async Task<LoadPerson> ArriveAsync(StandaloneSite site, CancellationToken cancellationToken)
    {
        var client = await ApiClient.SignInAsGuestAsync(() => site.Address, cancellationToken);
        var conversations = new string[ConversationCount];
        for (var i = 0; i < ConversationCount; i++)
            conversations[i] = await client.StartConversationAsync(cancellationToken);
        return new LoadPerson(client, conversations);
    }

    /// <summary>Returns when the post has been accepted.</summary>
    public async Task<TimeSpan> PostAsync(CancellationToken cancellationToken)
    {
        var at = Turn();
        var start = TimeProvider.System.GetTimestamp();
        var turn = await _client.AskAsync(_conversations[at], "What would you plant in a small garden by the sea?", cancellationToken);
        var taken = TimeProvider.System.GetElapsedTime(start);
        _lastReplies[at] = turn.ReplyId;
        return taken;
    }

    /// <summary>Posts and reads the stream: the time to the first text, after which the rest is read too.</summary>
    public async Task<TimeSpan> PostAndListenAsync(CancellationToken cancellationToken)
    {
        var at = Turn();
        var start = TimeProvider.System.GetTimestamp();
        TimeSpan? taken = null;
        await foreach (var item in _client.AskAndListenAsync(_conversations[at], "What would you plant in a small garden?", cancellationToken))
        {
            if (item.Type is "ai-response-delta" || item.IsEnd || HasText(item))
                taken ??= TimeProvider.System.GetElapsedTime(start);
        }

        return taken ?? throw new InvalidOperationException("The stream ended without a word.");
    }

    /// <summary>Conversations answer in order: the last reply of each is the last of all.</summary>
    public async Task UntilAnsweredAsync(CancellationToken cancellationToken)
    {
        foreach (var reply in _lastReplies.OfType<string>())
        {
            var end = await _client.EndOfAsync(reply, cancellationToken);
            if (end.Status != "completed")
                throw new InvalidOperationException($"A reply ended as {end.Status}.");
        }
    }

    public void Dispose() => _client.Dispose();

    private int Turn() => _next++ % ConversationCount;

    private static bool HasText(ApiEvent item) => item.Type is "snapshot" && item.Frame.GetProperty("text").GetString() is { Length: > 0 };
}
