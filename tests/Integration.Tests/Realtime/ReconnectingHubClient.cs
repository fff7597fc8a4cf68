using System.Net;
using System.Text.Json;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>
/// The hub connections of one client, one after the other. Frames are held back until the result of the subscription has arrived.
/// </summary>
internal sealed class ReconnectingHubClient(CookieContainer cookies) : IReconnectingClient
{
    public async Task FollowAsync(
        Uri gateway, IReadOnlyList<RebuiltConversation> conversations, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        using var hub = await HubSocket.OpenAsync(gateway, cookies, cancellationToken);
        var call = await hub.CallAsync(
            "Subscribe", cancellationToken, [conversations.Select(conversation => conversation.Position).ToArray()]);
        var held = new List<JsonElement>();
        var hasBegun = false;
        while (!(hasBegun && isEnough()))
        {
            var record = await hub.NextAsync(cancellationToken)
                ?? throw new InvalidOperationException("The server has closed the connection.");
            held.AddRange(HubSocket.FramesOf(record));
            if (HubSocket.CompletionOf(record, call) is { } results)
            {
                foreach (var (conversation, result) in conversations.Zip(results.EnumerateArray()))
                    conversation.ApplySubscription(result);
                hasBegun = true;
            }

            if (!hasBegun)
                continue;
            foreach (var frame in held)
                Apply(frame, conversations);
            held.Clear();
        }

        hub.Abort();
    }

    internal static void Apply(JsonElement frame, IReadOnlyList<RebuiltConversation> conversations)
    {
        if (frame.TryGetProperty("channel", out var channel))
            conversations.FirstOrDefault(conversation => conversation.Channel == channel.GetString())?.Apply(frame);
    }
}
