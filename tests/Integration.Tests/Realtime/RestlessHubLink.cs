using System.Net;
using System.Text.Json;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>The hub's links of one client, one after the other: it holds frames back until the answer to its subscription is there.</summary>
internal sealed class RestlessHubLink(CookieContainer cookies) : IRestlessLink
{
    public async Task FollowAsync(
        Uri gateway, IReadOnlyList<RebuiltConversation> conversations, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        using var hub = await HubSocket.OpenAsync(gateway, cookies, cancellationToken);
        var call = await hub.CallAsync("Subscribe", cancellationToken, [conversations.Select(conversation => conversation.Position).ToArray()]);
        var held = new List<JsonElement>();
        var hasBegun = false;
        while (!(hasBegun && isEnough()))
        {
            var record = await hub.NextAsync(cancellationToken) ?? throw new InvalidOperationException("The server has closed the link.");
            held.AddRange(HubSocket.FramesOf(record));
            if (HubSocket.AnswerOf(record, call) is { } answers)
            {
                foreach (var (conversation, answer) in conversations.Zip(answers.EnumerateArray()))
                    conversation.Begin(answer);
                hasBegun = true;
            }

            if (!hasBegun)
                continue;
            foreach (var frame in held)
                Apply(frame, conversations);
            held.Clear();
        }

        hub.Cut();
    }

    internal static void Apply(JsonElement frame, IReadOnlyList<RebuiltConversation> conversations)
    {
        if (frame.TryGetProperty("channel", out var channel))
            conversations.FirstOrDefault(conversation => conversation.Channel == channel.GetString())?.Apply(frame);
    }
}
