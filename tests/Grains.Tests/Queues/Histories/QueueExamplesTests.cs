using CsCheck;
using JubileeVerse.Queues;
using JubileeVerse.Queues.State;

namespace JubileeVerse.Grains.Tests.Queues.Histories;

/// <summary>The order of starts, in examples that a reader can follow.</summary>
public sealed class QueueExamplesTests
{
    private static readonly QueueLimits Plenty = new(1_000_000, 1_000_000);

    private readonly QueueState _queue = new(QueueRules.Default, Plenty, epoch: 1, paused: false);

    [Fact]
    public void Take_JobsAcceptedTogether_StartsThemByPriorityThenInOrder()
    {
        for (var i = 0; i < 30; i++) Accept($"job-{i:00}", 1_000, user: $"user-{i}", priority: 10 - (i % 10));

        var expected = Enumerable.Range(0, 30).OrderByDescending(i => i % 10).ThenBy(i => i).Select(i => $"job-{i:00}");
        Assert.Equal(expected, Start(30, now: 1_000));
    }

    [Fact]
    public void Take_JobOfCostTen_DelaysTheUsersNextJobLikeTenJobs()
    {
        Accept("ada-dear", 0, user: "ada", cost: 10);
        Accept("ada-next", 0, user: "ada");
        for (var i = 0; i < 12; i++) Accept($"ben-{i:00}", 0, user: "ben");

        Assert.Equal(["ada-dear", "ben-00"], Start(2, now: 0));
        Assert.Equal([.. Enumerable.Range(1, 9).Select(i => $"ben-{i:00}"), "ada-next", "ben-10", "ben-11"], Start(12, now: 0));
    }

    [Fact]
    public void Prepare_CostlyJob_CountsItsCostUntilItIsAbandoned()
    {
        var costly = TestJobs.Job("costly", user: "ada") with { Cost = 3 };
        var one = _queue.Intake.Prepare(costly);
        var other = _queue.Intake.Prepare(TestJobs.Job("other", user: "ada"));
        Assert.Equal((0, 15_000), (one.Row.SortKey, other.Row.SortKey));

        _queue.Intake.Abandon(one);
        _queue.Intake.Finish(other, 0);

        Assert.Equal(5_000, _queue.Intake.Prepare(costly).Row.SortKey);
    }

    [Fact]
    public void Take_UsersWithAnyNumbersAndWeights_GetTheirSharesInEveryPrefix() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 5]).Array[2, 6].Sample(users =>
        {
            var queue = new QueueState(QueueRules.Default, Plenty, 1, false);
            for (var user = 0; user < users.Length; user++)
            {
                for (var i = 0; i < users[user].Item1; i++)
                    queue.Intake.Accept(TestJobs.Job($"{user}-{i}", user: $"user-{user}", weight: users[user].Item2), 0);
            }

            var started = new int[users.Length];
            foreach (var start in queue.Take("w", int.MaxValue, 1, 0).Starts)
            {
                started[start.Id.Value[0] - '0']++;
                var busy = Enumerable.Range(0, users.Length).Where(user => started[user] < users[user].Item1).ToList();
                foreach (var (one, other) in busy.SelectMany(one => busy.Select(other => (one, other))))
                {
                    // Counted in shares, no user with waiting jobs is more than one start behind another.
                    var ahead = ((double)started[one] - 1) / users[one].Item2;
                    Assert.True(
                        ahead <= (double)started[other] / users[other].Item2 + 0.001,
                        $"{one} is ahead of {other}: {string.Join(',', started)}");
                }
            }
        });

    [Fact]
    public void Documentation_WorkedExample_MatchesTheCode()
    {
        for (var i = 1; i <= 3; i++) Accept($"ada-{i}", 0, user: "ada", priority: 5);
        Accept("ben-1", 0, user: "ben", priority: 5);
        for (var i = 1; i <= 3; i++) Accept($"eve-{i}", 0, user: "eve", priority: 5, weight: 3);

        Assert.Equal(["ada-1", "ben-1", "eve-1", "eve-2", "eve-3", "ada-2", "ada-3"], Start(7, now: 0));
    }

    private void Accept(string id, long now, string user, int priority = 1, int weight = 1, int cost = 1) =>
        _queue.Intake.Accept(TestJobs.Job(id, now, user, priority: priority, weight: weight) with { Cost = cost }, now);

    private List<string> Start(int count, long now) => [.. _queue.Take("w", count, 1, now).Starts.Select(start => start.Id.Value)];
}
