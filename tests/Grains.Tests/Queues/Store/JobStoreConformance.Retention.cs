using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.Store;

/// <content>The contract for the retention of ended jobs.</content>
public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task Retention_MoreThanTheMaximum_DeletesTheOldestInOnePass()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;

        // The jobs are more than two chunks and all end at one instant, so the ids decide their order.
        var ids = Enumerable.Range(0, 3_100).Select(i => $"{i:D4}").ToArray();
        foreach (var chunk in ids.Chunk(100))
            await EndManyAsync(epoch, [.. chunk.Select(id => Job(id))], JobOutcomeKind.Completed, Now);

        await ApplyRetentionAsync(epoch, Now);

        var kept = await _store.EndedAsync(_queue, JobState.Completed, Now, 5_000, Token);
        Assert.Equal(ids[2_100..], kept.Select(id => id.Value).Order());
    }

    [Fact]
    public async Task Retention_ChildOfAnOpenParent_IsKeptUntilTheParentHasEnded()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await AddAsync(Job("parent") with { WaitsForChildren = true });
        await EndManyAsync(
            epoch,
            [Job("child") with { ParentId = new JobId("parent") }, Job("orphan") with { ParentId = new JobId("gone") }, Job("other")],
            JobOutcomeKind.Completed,
            Now);

        await ApplyRetentionAsync(epoch, Now + DayMs + 1);
        var whileOpen = await _store.ChildrenAsync(_queue, new JobId("parent"), Token);
        var others = await _store.EndedAsync(_queue, JobState.Completed, Now, 100, Token);
        await CommitAsync(_store.Change(_queue, epoch, [_state.Actions.Cancel(new JobId("parent"), Now).Change!.Value]));
        await ApplyRetentionAsync(epoch, Now + DayMs + 1);

        Assert.Equal("child", Assert.Single(whileOpen).Id.Value);
        Assert.Equal("child", Assert.Single(others).Value);
        Assert.Empty(await _store.ChildrenAsync(_queue, new JobId("parent"), Token));
    }

    [Fact]
    public async Task Retention_RulesOfSingleJobs_ApplyToEachJob()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        var none = new KeepRule(0, TimeSpan.FromDays(30));
        var hour = new KeepRule(1_000, TimeSpan.FromHours(1));
        var month = new KeepRule(1_000, TimeSpan.FromDays(30));
        await EndManyAsync(
            epoch,
            [
                Job("default"), Job("none") with { KeepCompleted = none }, Job("hour") with { KeepCompleted = hour },
                Job("month") with { KeepCompleted = month }, Job("failed-rule") with { KeepFailed = none },
            ],
            JobOutcomeKind.Completed,
            Now);

        Assert.Equal(["default", "failed-rule", "hour", "month"], await KeptAsync(Now));
        Assert.Equal(["default", "failed-rule", "hour", "month"], await KeptAsync(Now + (DayMs / 24)));
        Assert.Equal(["default", "failed-rule", "month"], await KeptAsync(Now + (DayMs / 24) + 1));
        Assert.Equal(["default", "failed-rule", "month"], await KeptAsync(Now + DayMs));
        Assert.Equal(["month"], await KeptAsync(Now + DayMs + 1));
        Assert.Empty(await KeptAsync(Now + (30 * DayMs) + 1));

        async Task<string[]> KeptAsync(long now)
        {
            await ApplyRetentionAsync(epoch, now);
            return [.. (await _store.EndedAsync(_queue, JobState.Completed, now, 100, Token)).Select(id => id.Value).Order()];
        }
    }

    [Fact]
    public async Task Retention_HundredsOfDifferentRules_ApplyToEachJob()
    {
        var epoch = (await _store.RaiseEpochAsync(_queue, Token)).Epoch;
        await EndManyAsync(
            epoch,
            [
                .. Enumerable.Range(0, 250).Select(
                    i => Job($"age-{i:D3}") with { KeepCompleted = new KeepRule(100_000, TimeSpan.FromSeconds(1 + i)) }),
                .. Enumerable.Range(0, 250).Select(
                    i => Job($"count-{i:D3}") with { KeepCompleted = new KeepRule(i, TimeSpan.FromDays(30)) }),
            ],
            JobOutcomeKind.Completed,
            Now);

        await ApplyRetentionAsync(epoch, Now + 201_000);

        // All jobs ended at one instant, so the ids decide how many ended later than a job. None ended later than count-249, which is kept
        // while fewer than 249 jobs did.
        var kept = (await _store.EndedAsync(_queue, JobState.Completed, Now, 1_000, Token)).Select(id => id.Value).Order().ToArray();
        Assert.Equal(
            Enumerable.Range(200, 50).Select(i => $"age-{i:D3}"), kept.Where(id => id.StartsWith("age", StringComparison.Ordinal)));
        Assert.Equal(
            Enumerable.Range(125, 125).Select(i => $"count-{i:D3}"), kept.Where(id => id.StartsWith("count", StringComparison.Ordinal)));
    }
}
