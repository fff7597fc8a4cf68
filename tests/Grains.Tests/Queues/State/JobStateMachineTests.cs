using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class JobStateMachineTests
{
    [Fact]
    public void TryMove_EveryTransitionOfTheTable_ReachesItsState()
    {
        foreach (var (from, on, to) in JobStateMachine.Table)
        {
            Assert.True(JobStateMachine.TryMove(from, on, out var reached), $"{from} on {on}");
            Assert.Equal(to, reached);
        }
    }

    [Fact]
    public void TryMove_EndedJob_OnlyAFailedJobCanBeRetriedByHand()
    {
        JobState[] ended = [JobState.Completed, JobState.Failed, JobState.Cancelled];
        var moves = JobStateMachine.Table.Where(move => ended.Contains(move.From));

        Assert.Equal([(JobState.Failed, JobEvent.RetriedByHand, JobState.Waiting)], moves);
    }

    [Fact]
    public void TryMove_StartOfAnActiveJob_ReturnsFalse() =>
        Assert.False(JobStateMachine.TryMove(JobState.Active, JobEvent.Started, out _));

    [Fact]
    public void Table_EveryEventAndEveryState_IsUsed()
    {
        Assert.Equal(Enum.GetValues<JobEvent>(), JobStateMachine.Table.Select(move => move.On).Distinct().Order());
        Assert.Equal(Enum.GetValues<JobState>(), JobStateMachine.Table.SelectMany(move => new[] { move.From, move.To }).Distinct().Order());
    }

    [Fact]
    public void Table_Documentation_MatchesTheCode()
    {
        var documented = DocumentedMoves().Order().ToArray();
        var coded = JobStateMachine.Table.Select(move => $"{move.From} {move.On} {move.To}").Order().ToArray();

        Assert.Equal(coded, documented);
    }

    [Theory]
    [InlineData(JobState.Waiting, true)]
    [InlineData(JobState.Delayed, true)]
    [InlineData(JobState.Active, true)]
    [InlineData(JobState.Blocked, true)]
    [InlineData(JobState.Completed, false)]
    [InlineData(JobState.Failed, false)]
    [InlineData(JobState.Cancelled, false)]
    public void IsOpen_State_IsTrueUntilTheJobHasEnded(JobState state, bool open) => Assert.Equal(open, JobStateMachine.IsOpen(state));

    /// <summary>Rows of the table headed "From | Event | To" in docs/queues.md.</summary>
    private static IEnumerable<string> DocumentedMoves()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryRoot(), "docs", "queues.md"));
        return lines
            .SkipWhile(line => !line.StartsWith("| From | Event | To |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(cells => $"{cells[0]} {cells[1]} {cells[2]}");
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "JubileeVerse.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
