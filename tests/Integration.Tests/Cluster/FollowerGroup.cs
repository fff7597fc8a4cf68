using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>Users who have each posted one message and follow the reply, each on their own stream.</summary>
internal sealed class FollowerGroup : IDisposable
{
    private readonly List<(ClusterUser Person, string ConversationId, PostedTurn Turn)> _people = [];
    private readonly List<Task> _following = [];

    public List<FollowedReply> Replies { get; } = [];

    /// <summary>Lets this many users sign in, post and follow their reply at one gateway.</summary>
    public static async Task<FollowerGroup> StartAsync(ClusterSite site, int gateway, int count, CancellationToken cancellationToken)
    {
        var group = new FollowerGroup();
        for (var i = 0; i < count; i++)
        {
            var person = await ClusterUser.SignInAsync(site, gateway, cancellationToken);
            group._people.Add((person, await person.Api.StartConversationAsync(cancellationToken), null!));
        }

        for (var i = 0; i < count; i++)
        {
            var (person, conversation, _) = group._people[i];
            var turn = await person.AskAsync(conversation, "Tell me of harbours, and take your time.", cancellationToken);
            group._people[i] = (person, conversation, turn);
            var reply = new FollowedReply(person, turn.ReplyId);
            group.Replies.Add(reply);
            group._following.Add(reply.RunAsync(cancellationToken));
        }

        return group;
    }

    public Task UntilAllReceivedTextAsync() =>
        Task.WhenAll(Replies.Zip(_following, (reply, following) => Task.WhenAny(reply.FirstTextReceived, following).Unwrap()));

    public Task UntilAllReceivedEndAsync() => Task.WhenAll(_following);

    /// <summary>Asserts that the text that each user assembled is the stored text, and that it is stored once.</summary>
    public async Task ShouldHaveReceivedAllAsync(CancellationToken cancellationToken)
    {
        Assert.All(Replies, reply => Assert.Equal("ai-response-complete", reply.Text.End));
        Assert.All(Replies, reply => Assert.Equal(reply.Text.EndText, reply.Text.Text));
        foreach (var (person, conversation, turn) in _people)
            await TurnAssertions.ShouldBeCompleteAsync(person.Api, conversation, [turn], cancellationToken);
    }

    public void Dispose() => _people.ForEach(one => one.Person.Dispose());
}
