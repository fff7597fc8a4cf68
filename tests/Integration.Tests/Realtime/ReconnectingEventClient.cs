using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>The event streams of one client, one after the other. The last event id is its only position.</summary>
internal sealed class ReconnectingEventClient(ApiClient api) : IReconnectingClient
{
    private string? _lastEventId;

    public async Task FollowAsync(
        Uri gateway, IReadOnlyList<RebuiltConversation> conversations, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        // Disposing the response in the middle of its body closes the connection.
        using var response = await api.OpenChannelsAsync(
            conversations.Select(conversation => conversation.Channel), _lastEventId, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in ApiEvent.ReadAsync(body, cancellationToken))
        {
            _lastEventId = item.Id ?? _lastEventId;
            ReconnectingHubClient.Apply(item.Frame, conversations);
            if (_lastEventId is not null && isEnough())
                return;
        }

        throw new InvalidOperationException("The server has ended the stream.");
    }
}
