using System.Collections.Concurrent;
using System.Globalization;
using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>
/// Users who post, wait for the reply and post again, each in their own conversation, whatever happens to the cluster. A rejected post is
/// repeated at another gateway. At the end each accepted post must have exactly one reply.
/// </summary>
internal sealed class UserLoad : IAsyncDisposable
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromMilliseconds(50);

    private readonly List<Member> _members = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Lets the users sign in, spread evenly over the gateways, and starts them.</summary>
    public static async Task<UserLoad> StartAsync(ClusterSite site, int people, CancellationToken cancellationToken)
    {
        var load = new UserLoad();
        for (var i = 0; i < people; i++)
        {
            var person = await ClusterUser.SignInAsync(site, gateway: 1 + (i % site.Gateways.Count), cancellationToken);
            load._members.Add(new Member(person, await person.Api.StartConversationAsync(cancellationToken)));
        }

        foreach (var member in load._members)
            member.Posting = load.PostRepeatedlyAsync(member, cancellationToken);
        return load;
    }

    /// <summary>Returns when the reply of every user is being generated.</summary>
    public Task UntilAllAreGeneratingAsync(CancellationToken cancellationToken) =>
        UntilAsync(member => member.Turns.LastOrDefault() is { } turn && member.GeneratingReplyId == turn.ReplyId, cancellationToken);

    /// <summary>
    /// Returns when each user has received the reply that was open and has posted again; that last reply is awaited when the load stops.
    /// </summary>
    public Task UntilEachHasAnotherReplyAsync(CancellationToken cancellationToken)
    {
        var goals = _members.ToDictionary(member => member, member => member.ReplyCount + 1);
        return UntilAsync(member => member.ReplyCount >= goals[member], cancellationToken);
    }

    /// <summary>Stops posting and asserts that each accepted post has exactly one complete reply, in order.</summary>
    public async Task ShouldAllHaveOneReplyAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_members.Select(member => member.Posting));
        foreach (var member in _members)
            await TurnAssertions.ShouldBeCompleteAsync(member.Person.Api, member.ConversationId, member.Turns, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_members.Select(member => member.Posting)).ContinueWith(_ => { }, TaskScheduler.Default);
        _members.ForEach(member => member.Person.Dispose());
        _stopping.Dispose();
    }

    private async Task PostRepeatedlyAsync(Member member, CancellationToken cancellationToken)
    {
        while (!_stopping.IsCancellationRequested)
        {
            var question = $"Question {member.Turns.Count.ToString(CultureInfo.InvariantCulture)}: what do you make of today?";
            var turn = await member.Person.AskAsync(member.ConversationId, question, cancellationToken);
            member.Turns.Enqueue(turn);
            await member.Person.Api.UntilReplyAsync(turn.ReplyId, reply => Observe(member, reply), cancellationToken);
            member.ReplyCount++;
        }
    }

    private static bool Observe(Member member, ApiReply reply)
    {
        if (reply is { Status: "generating", Text.Length: > 0 })
            member.GeneratingReplyId = reply.Id;
        return reply.HasEnded;
    }

    private async Task UntilAsync(Func<Member, bool> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CheckPeriod);
        while (!_members.All(condition))
        {
            if (_members.Find(member => member.Posting.IsFaulted) is { } failed)
                await failed.Posting;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private sealed class Member(ClusterUser person, string conversationId)
    {
        public ClusterUser Person { get; } = person;

        public string ConversationId { get; } = conversationId;

        public ConcurrentQueue<PostedTurn> Turns { get; } = new();

        public Task Posting { get; set; } = Task.CompletedTask;

        public volatile int ReplyCount;

        /// <summary>The id of the reply that was last seen generating.</summary>
        public volatile string? GeneratingReplyId;
    }
}
