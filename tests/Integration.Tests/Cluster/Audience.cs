using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>People who have asked once and listen to the answer, each on a stream of their own.</summary>
internal sealed class Audience : IDisposable
{
    private readonly List<(ClusterPerson Person, string ConversationId, PostedTurn Turn)> _people = [];
    private readonly List<Task> _listening = [];

    public List<FollowedReply> Replies { get; } = [];

    /// <summary>Makes so many of them sign in, ask and listen at one gateway.</summary>
    public static async Task<Audience> GatherAsync(ClusterSite site, int gateway, int count, CancellationToken cancellationToken)
    {
        var audience = new Audience();
        for (var i = 0; i < count; i++)
        {
            var person = await ClusterPerson.SignInAsync(site, gateway, cancellationToken);
            audience._people.Add((person, await person.Api.StartConversationAsync(cancellationToken), null!));
        }

        for (var i = 0; i < count; i++)
        {
            var (person, conversation, _) = audience._people[i];
            var turn = await person.AskAsync(conversation, "Tell me of harbours, and take your time.", cancellationToken);
            audience._people[i] = (person, conversation, turn);
            var reply = new FollowedReply(person, turn.ReplyId);
            audience.Replies.Add(reply);
            audience._listening.Add(reply.RunAsync(cancellationToken));
        }

        return audience;
    }

    public Task UntilAllHaveHeardSomethingAsync() =>
        Task.WhenAll(Replies.Zip(_listening, (reply, listening) => Task.WhenAny(reply.Speaking, listening).Unwrap()));

    public Task UntilAllHaveHeardTheEndAsync() => Task.WhenAll(_listening);

    /// <summary>What each put together is what is stored, and it is stored once.</summary>
    public async Task ShouldHaveHeardAllAsync(CancellationToken cancellationToken)
    {
        Assert.All(Replies, reply => Assert.Equal("ai-response-complete", reply.Text.End));
        Assert.All(Replies, reply => Assert.Equal(reply.Text.EndText, reply.Text.Text));
        foreach (var (person, conversation, turn) in _people)
            await AnsweredTurns.ShouldBeWholeAsync(person.Api, conversation, [turn], cancellationToken);
    }

    public void Dispose() => _people.ForEach(one => one.Person.Dispose());
}
