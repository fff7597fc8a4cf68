using System.Collections.Concurrent;
using System.Globalization;
using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>
/// People who ask, wait for the answer and ask again, each in a conversation of their own, whatever happens to the cluster. Who is refused
/// repeats it elsewhere. At the end each accepted post must have one answer.
/// </summary>
internal sealed class Crowd : IAsyncDisposable
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);

    private readonly List<Member> _members = [];
    private readonly CancellationTokenSource _leaving = new();

    /// <summary>Makes them sign in, half of them at each gateway, and begin.</summary>
    public static async Task<Crowd> GatherAsync(ClusterSite site, int people, CancellationToken cancellationToken)
    {
        var crowd = new Crowd();
        for (var i = 0; i < people; i++)
        {
            var person = await ClusterPerson.SignInAsync(site, gateway: 1 + (i % site.Gateways.Count), cancellationToken);
            crowd._members.Add(new Member(person, await person.Api.StartConversationAsync(cancellationToken)));
        }

        foreach (var member in crowd._members)
            member.Talking = crowd.TalkAsync(member, cancellationToken);
        return crowd;
    }

    /// <summary>Returns when answers are being made for all of them.</summary>
    public Task UntilAllAreAnsweredAtAsync(CancellationToken cancellationToken) =>
        UntilAsync(member => member.Turns.LastOrDefault() is { } turn && member.Speaking == turn.ReplyId, cancellationToken);

    /// <summary>Returns when each has had the answer that was open, and so has asked again; that one is awaited when they leave.</summary>
    public Task UntilEachIsAnsweredAgainAsync(CancellationToken cancellationToken)
    {
        var goals = _members.ToDictionary(member => member, member => member.AnswerCount + 1);
        return UntilAsync(member => member.AnswerCount >= goals[member], cancellationToken);
    }

    /// <summary>They stop asking. Each accepted post must then have exactly one whole answer, in its place.</summary>
    public async Task ShouldAllBeAnsweredOnceAsync(CancellationToken cancellationToken)
    {
        await _leaving.CancelAsync();
        await Task.WhenAll(_members.Select(member => member.Talking));
        foreach (var member in _members)
            await AnsweredTurns.ShouldBeWholeAsync(member.Person.Api, member.ConversationId, member.Turns, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await Task.WhenAll(_members.Select(member => member.Talking)).ContinueWith(_ => { }, TaskScheduler.Default);
        _members.ForEach(member => member.Person.Dispose());
        _leaving.Dispose();
    }

    private async Task TalkAsync(Member member, CancellationToken cancellationToken)
    {
        while (!_leaving.IsCancellationRequested)
        {
            var question = $"Question {member.Turns.Count.ToString(CultureInfo.InvariantCulture)}: what do you make of today?";
            var turn = await member.Person.AskAsync(member.ConversationId, question, cancellationToken);
            member.Turns.Enqueue(turn);
            await member.Person.Api.UntilReplyAsync(turn.ReplyId, reply => Note(member, reply), cancellationToken);
            member.AnswerCount++;
        }
    }

    private static bool Note(Member member, ApiReply reply)
    {
        if (reply is { Status: "generating", Text.Length: > 0 })
            member.Speaking = reply.Id;
        return reply.HasEnded;
    }

    private async Task UntilAsync(Func<Member, bool> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookPeriod);
        while (!_members.All(condition))
        {
            if (_members.Find(member => member.Talking.IsFaulted) is { } fallen)
                await fallen.Talking;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private sealed class Member(ClusterPerson person, string conversationId)
    {
        public ClusterPerson Person { get; } = person;

        public string ConversationId { get; } = conversationId;

        public ConcurrentQueue<PostedTurn> Turns { get; } = new();

        public Task Talking { get; set; } = Task.CompletedTask;

        public volatile int AnswerCount;

        /// <summary>The reply that was last seen in the making.</summary>
        public volatile string? Speaking;
    }
}
