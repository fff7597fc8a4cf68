using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Http;

/// <summary>A user who posts to several own conversations in rotation.</summary>
internal sealed class LoadUser : IDisposable
{
    public const int ConversationCount = 4;

    private readonly ApiClient _client;
    private readonly string[] _conversations;
    private readonly string?[] _lastReplies = new string?[ConversationCount];
    private int _next;

    private LoadUser(ApiClient client, string[] conversations)
    {
        _client = client;
        _conversations = conversations;
    }

    public static async Task<LoadUser> SignInAsync(StandaloneSite site, CancellationToken cancellationToken)
    {
        var client = await ApiClient.SignInAsGuestAsync(() => site.Address, cancellationToken);
        var conversations = new string[ConversationCount];
        for (var i = 0; i < ConversationCount; i++)
            conversations[i] = await client.StartConversationAsync(cancellationToken);
        return new LoadUser(client, conversations);
    }

    /// <summary>Posts a message. Returns the time until it was accepted.</summary>
    public async Task<TimeSpan> PostAsync(CancellationToken cancellationToken)
    {
        var index = NextIndex();
        var start = TimeProvider.System.GetTimestamp();
        var turn = await _client.AskAsync(_conversations[index], "What would you plant in a small garden by the sea?", cancellationToken);
        var elapsed = TimeProvider.System.GetElapsedTime(start);
        _lastReplies[index] = turn.ReplyId;
        return elapsed;
    }

    /// <summary>Posts a message and reads its stream to the end. Returns the time to the first text.</summary>
    public async Task<TimeSpan> PostAndReadAsync(CancellationToken cancellationToken)
    {
        var index = NextIndex();
        var start = TimeProvider.System.GetTimestamp();
        TimeSpan? elapsed = null;
        const string Content = "What would you plant in a small garden?";
        await foreach (var item in _client.PostAndStreamAsync(_conversations[index], Content, cancellationToken))
        {
            if (item.Type is "ai-response-delta" || item.IsEnd || HasText(item))
                elapsed ??= TimeProvider.System.GetElapsedTime(start);
        }

        return elapsed ?? throw new InvalidOperationException("The stream ended without text.");
    }

    /// <summary>
    /// Waits until all replies have ended. The last reply of each conversation suffices, because replies are generated in order.
    /// </summary>
    public async Task WaitForRepliesAsync(CancellationToken cancellationToken)
    {
        foreach (var reply in _lastReplies.OfType<string>())
        {
            var end = await _client.EndOfAsync(reply, cancellationToken);
            if (end.Status != "completed")
                throw new InvalidOperationException($"A reply ended as {end.Status}.");
        }
    }

    public void Dispose() => _client.Dispose();

    private int NextIndex() => _next++ % ConversationCount;

    private static bool HasText(ApiEvent item) => item.Type is "snapshot" && item.Frame.GetProperty("text").GetString() is { Length: > 0 };
}
