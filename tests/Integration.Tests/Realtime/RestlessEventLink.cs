using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>The streams of events of one client, one after the other: it knows where it was by the last id alone.</summary>
internal sealed class RestlessEventLink(ApiClient api) : IRestlessLink
{
    private string? _lastEventId;

    public async Task FollowAsync(
        Uri gateway, IReadOnlyList<RebuiltConversation> conversations, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        // Disposed in the midst of a body, its connection is closed.
        using var response = await api.OpenChannelsAsync(conversations.Select(conversation => conversation.Channel), _lastEventId, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in ApiEvent.ReadAsync(body, cancellationToken))
        {
            _lastEventId = item.Id ?? _lastEventId;
            RestlessHubLink.Apply(item.Frame, conversations);
            if (_lastEventId is not null && isEnough())
                return;
        }

        throw new InvalidOperationException("The server has ended the stream.");
    }
}
