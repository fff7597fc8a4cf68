namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>A group of concurrent users.</summary>
internal sealed class UserGroup : IDisposable
{
    private readonly CancellationTokenSource _stopPosting = new();
    private readonly CancellationTokenSource _giveUp = new();
    private Task _running = Task.CompletedTask;

    private UserGroup(IReadOnlyList<SimulatedUser> people, LoadLog log) => (Users, Log) = (people, log);

    public IReadOnlyList<SimulatedUser> Users { get; }

    public LoadLog Log { get; }

    /// <param name="run">The name of the run, which is part of each message.</param>
    public static async Task<UserGroup> CreateAsync(
        string run, int count, Func<IReadOnlyList<Uri>> gateways, CancellationToken cancellationToken)
    {
        var log = new LoadLog();
        var people = new List<SimulatedUser>();
        for (var i = 0; i < count; i++)
            people.Add(await SimulatedUser.SignInAsync(run, i, gateways, log, cancellationToken));
        return new UserGroup(people, log);
    }

    /// <param name="pause">Mean time between the end of a reply and the next message.</param>
    public void Begin(TimeSpan pause) =>
        _running = Task.WhenAll(Users.Select(person => person.RunAsync(pause, _stopPosting.Token, _giveUp.Token)));

    /// <summary>Stops posting. Returns when every reply has ended or the limit has passed.</summary>
    public async Task EndAsync(TimeSpan limit)
    {
        await _stopPosting.CancelAsync();
        _giveUp.CancelAfter(limit);
        await _running;
    }

    /// <summary>Number of replies that ended since then. May be called during the load.</summary>
    public int CountEnded(TimeSpan since) => Log.Ends.Count(end => end >= since);

    public void Dispose()
    {
        _giveUp.Cancel();
        foreach (var person in Users)
            person.Dispose();
        _stopPosting.Dispose();
        _giveUp.Dispose();
    }
}
