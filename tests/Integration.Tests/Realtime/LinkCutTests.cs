using JubileeVerse.Integration.Tests.Cluster;

namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>Links that break all the time while answers stream, each time back at the other gateway.</summary>
public sealed class LinkCutTests(RunningCluster cluster) : ClusterTests(cluster)
{
    private const int Cuts = 200;
    private const int Conversations = 3;

    /// <summary>Records or events between two cuts, at most; none at all is a cut right after the answer to the subscription.</summary>
    private const int MaxLife = 12;

    [Fact]
    public async Task HubLink_CutTwoHundredTimesBetweenTwoGateways_LosesAndDoublesNothing()
    {
        using var person = await SignInAsync(gateway: 1);

        await RunAsync(person, new RestlessHubLink(person.Api.Cookies), seed: 1);
    }

    [Fact]
    public async Task EventStream_CutTwoHundredTimesBetweenTwoGateways_LosesAndDoublesNothing()
    {
        using var person = await SignInAsync(gateway: 1);

        await RunAsync(person, new RestlessEventLink(person.Api), seed: 2);
    }

    private async Task RunAsync(ClusterPerson person, IRestlessLink link, int seed)
    {
        var random = new Random(seed);
        var conversations = new List<RebuiltConversation>();
        for (var i = 0; i < Conversations; i++)
            conversations.Add(new RebuiltConversation(await person.Api.StartConversationAsync(Deadline)));
        await link.FollowAsync(person.Address, conversations, () => true, Deadline);

        for (var i = 0; i < Cuts; i++)
        {
            foreach (var conversation in conversations.Where(conversation => !conversation.IsAnswering))
                conversation.Expect((await person.AskAsync(conversation.Id, "What do you tell somebody who comes and goes?", Deadline)).ReplyId);
            var life = random.Next(MaxLife);
            await link.FollowAsync(person.MoveOn(), conversations, () => life-- <= 0 || !conversations.Exists(one => one.IsAnswering), Deadline);
        }

        await link.FollowAsync(person.MoveOn(), conversations, () => !conversations.Exists(conversation => conversation.IsAnswering), Deadline);
        foreach (var conversation in conversations)
            await ShouldBeAsStoredAsync(person, conversation);
    }

    private async Task ShouldBeAsStoredAsync(ClusterPerson person, RebuiltConversation conversation)
    {
        var stored = await person.Api.GetAsync($"/api/conversations/{conversation.Id}/messages?limit=100", Deadline);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{conversation.Replies.Count} answers, {conversation.Offset} events, lost {conversation.Lost.Count}, doubled {conversation.Doubled.Count}");

        Assert.True(conversation.Lost.Count == 0, string.Join('\n', conversation.Lost));
        Assert.True(conversation.Doubled.Count == 0, string.Join('\n', conversation.Doubled));
        Assert.Equal(stored.Body.GetProperty("offset").GetInt64(), conversation.Offset);
        Assert.Equal((await person.Api.MessagesAsync(conversation.Id, Deadline)).Select(message => message.Content), conversation.Contents);
        Assert.All(conversation.Replies.Values, reply => Assert.Equal("ai-response-complete", reply.End));
        Assert.All(conversation.Replies.Values, reply => Assert.StartsWith(reply.Text, reply.EndText, StringComparison.Ordinal));
    }
}
