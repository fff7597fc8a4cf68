namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>Many people at once.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly CancellationTokenSource _stopAsking = new();
    private readonly CancellationTokenSource _giveUp = new();
    private Task _talk = Task.CompletedTask;

    private Crowd(IReadOnlyList<Person> people, LoadLog log) => (People, Log) = (people, log);

    public IReadOnlyList<Person> People { get; }

    public LoadLog Log { get; }

    /// <param name="run">Names the run; part of each question.</param>
    public static async Task<Crowd> GatherAsync(
        string run, int count, Func<IReadOnlyList<Uri>> gateways, CancellationToken cancellationToken)
    {
        var log = new LoadLog();
        var people = new List<Person>();
        for (var i = 0; i < count; i++)
            people.Add(await Person.ArriveAsync(run, i, gateways, log, cancellationToken));
        return new Crowd(people, log);
    }

    /// <param name="pause">Mean time between an answer's end and the next question.</param>
    public void Begin(TimeSpan pause) =>
        _talk = Task.WhenAll(People.Select(person => person.TalkAsync(pause, _stopAsking.Token, _giveUp.Token)));

    /// <summary>No more questions; returns when every answer has ended or the time is over.</summary>
    public async Task EndAsync(TimeSpan limit)
    {
        await _stopAsking.CancelAsync();
        _giveUp.CancelAfter(limit);
        await _talk;
    }

    /// <summary>Answers that ended since then; may be asked while people talk.</summary>
    public int Answered(TimeSpan since) => Log.Ends.Count(end => end >= since);

    public void Dispose()
    {
        _giveUp.Cancel();
        foreach (var person in People)
            person.Dispose();
        _stopAsking.Dispose();
        _giveUp.Dispose();
    }
}
