using JubileeVerse.Integration.Tests.Cluster;

namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>Connections that break repeatedly while replies stream; the client reconnects at the other gateway each time.</summary>
public sealed class ConnectionCutTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int Cuts = 200;
    private const int Conversations = 3;

    /// <summary>The maximum of records or events between two cuts; 0 is a cut right after the result of the subscription.</summary>
    private const int MaxLife = 12;

    [Fact]
    public async Task HubConnection_CutTwoHundredTimesBetweenTwoGateways_LosesAndDuplicatesNothing()
    {
        using var person = await SignInAsync(gateway: 1);

        await RunAsync(person, new ReconnectingHubClient(person.Api.Cookies), seed: 1);
    }

    [Fact]
    public async Task EventStream_CutTwoHundredTimesBetweenTwoGateways_LosesAndDuplicatesNothing()
    {
        using var person = await SignInAsync(gateway: 1);

        await RunAsync(person, new ReconnectingEventClient(person.Api), seed: 2);
    }

    private async Task RunAsync(ClusterUser person, IReconnectingClient client, int seed)
    {
        var random = new Random(seed);
        var conversations = new List<RebuiltConversation>();
        for (var i = 0; i < Conversations; i++)
            conversations.Add(new RebuiltConversation(await person.Api.StartConversationAsync(Deadline)));
        await client.FollowAsync(person.Address, conversations, () => true, Deadline);

        for (var i = 0; i < Cuts; i++)
        {
            foreach (var conversation in conversations.Where(conversation => !conversation.HasOpenReply))
                conversation.Expect(
                    (await person.AskAsync(conversation.Id, "What do you tell somebody who comes and goes?", Deadline)).ReplyId);
            var life = random.Next(MaxLife);
            await client.FollowAsync(
                person.MoveToNextGateway(), conversations, () => life-- <= 0 || !conversations.Exists(one => one.HasOpenReply), Deadline);
        }

        await client.FollowAsync(
            person.MoveToNextGateway(), conversations, () => !conversations.Exists(conversation => conversation.HasOpenReply), Deadline);
        foreach (var conversation in conversations)
            await ShouldBeAsStoredAsync(person, conversation);
    }

    private async Task ShouldBeAsStoredAsync(ClusterUser person, RebuiltConversation conversation)
    {
        var stored = await person.Api.GetAsync($"/api/conversations/{conversation.Id}/messages?limit=100", Deadline);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{conversation.Replies.Count} replies, {conversation.Offset} events, "
            + $"lost {conversation.Missing.Count}, duplicated {conversation.Duplicates.Count}");

        Assert.True(conversation.Missing.Count == 0, string.Join('\n', conversation.Missing));
        Assert.True(conversation.Duplicates.Count == 0, string.Join('\n', conversation.Duplicates));
        Assert.Equal(stored.Body.GetProperty("offset").GetInt64(), conversation.Offset);
        Assert.Equal((await person.Api.MessagesAsync(conversation.Id, Deadline)).Select(message => message.Content), conversation.Contents);
        Assert.All(conversation.Replies.Values, reply => Assert.Equal("ai-response-complete", reply.End));
        Assert.All(conversation.Replies.Values, reply => Assert.StartsWith(reply.Text, reply.EndText, StringComparison.Ordinal));
    }
}
