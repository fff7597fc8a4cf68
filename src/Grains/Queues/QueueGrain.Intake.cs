using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.Store;
using JubileeVerse.Realtime;
using JubileeVerse.Storage;

namespace JubileeVerse.Queues;

/// <content>Jobs that the queue itself stores, and waiting for their end.</content>
internal sealed partial class QueueGrain
{
    private static readonly TimeSpan WaitPatience = TimeSpan.FromSeconds(25);

    private readonly EndWaits _awaited = new();
    private NewJobs _newJobs = null!;
    private int _underWay;

    public async Task<ImmutableArray<AddedJob>> AddAsync(ImmutableArray<NewJob> jobs, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var asked = _newJobs.Of(jobs, now);
        if (!jobs.Any(JobClaim.IsMade))
        {
            RequireRoom(asked.Length);
            await InsertAsync(asked, changes.InsertAsync);
            return [.. asked.Select(job => Added(job.Id))];
        }

        ImmutableArray<ImmutableArray<JobClaim>> claimed = [.. jobs.Zip(asked, (job, made) => JobClaim.Of(job, made.Id))];
        JobClaim[] asking = [.. claimed.SelectMany(some => some)];
        using var turn = await claims.EnterAsync(asking);
        var duplicates = await claims.ReadAsync(asking, time.NowMs());
        var holders = new JobHolder?[asked.Length];
        for (var i = 0; i < asked.Length; i++)
            holders[i] = duplicates.Find(asked[i].Id, claimed[i]);

        ImmutableArray<Job> added = [.. asked.Where((_, i) => holders[i] is null)];
        JobClaim[] held = [.. claimed.Where((_, i) => holders[i] is null).SelectMany(some => some)];
        RequireRoom(added.Length);
        foreach (var job in added)
            _state.Forget(job.Id);
        await InsertAsync(added, claims.Replace(added.Select(job => job.Id).Where(duplicates.Replaces)), claims.Claim(held, time.NowMs()));
        claims.Held(held);
        return [.. asked.Select((job, i) => holders[i] is { } holder ? Duplicate(holder) : Added(job.Id))];
    }

    public async Task<JobState?> WaitAsync(JobId id, CancellationToken cancellationToken)
    {
        var end = _awaited.Enter(id);
        try
        {
            // Memory runs ahead of the store: where the row is open and the job is not, its end is being written.
            if (_state.Standing(id, time.NowMs()) is null && await StoredStateAsync(id) is var stored && (stored is null || !JobStateMachine.IsOpen(stored.Value)))
                return stored;
            return await end.WaitAsync(WaitPatience, time, cancellationToken) ?? await StateAsync(id);
        }
        catch (TimeoutException)
        {
            return await StateAsync(id);
        }
        finally
        {
            _awaited.Leave(id);
        }
    }

    private void RequireRoom(int jobs)
    {
        var maxOpen = queues.Of(_name).MaxOpen;
        var open = _state.Open + _underWay;
        if (jobs == 0 || open + jobs <= maxOpen)
            return;

        throw new JubileeException(ErrorCode.QueueFull, $"Queue {_name} has {open} of at most {maxOpen} open jobs; nothing was added.")
        {
            RetryAfter = QueueLoads.RetryAfter(_state.LoadOf(time.NowMs()), open + jobs - maxOpen),
        };
    }

    /// <summary>In one unit with the statements.</summary>
    private Task InsertAsync(ImmutableArray<Job> jobs, IEnumerable<Statement> before, IEnumerable<Statement> after) =>
        InsertAsync(jobs, rows => changes.InsertAsync(rows, before, after));

    /// <summary>All or none. When it is not known which, this activation goes: the next one reads what is stored.</summary>
    private async Task InsertAsync(ImmutableArray<Job> jobs, Func<IReadOnlyCollection<(Job Job, long Place)>, Task> write)
    {
        if (jobs.IsEmpty)
            return;

        var prepared = jobs.Select(_state.Prepare).ToArray();
        _underWay += jobs.Length;
        try
        {
            await write([.. jobs.Zip(prepared, (job, one) => (job, one.Row.Place!.Value))]);
        }
        catch
        {
            foreach (var one in prepared)
                _state.Abandon(one);
            throw;
        }
        finally
        {
            _underWay -= jobs.Length;
        }

        var now = time.NowMs();
        for (var i = 0; i < prepared.Length; i++)
        {
            _state.Finish(prepared[i], now);
            _recent.Add(jobs[i]);
            TellAdded(jobs[i]);
        }

        Dispatch();
    }

    private AddedJob Added(JobId id)
    {
        var standing = _state.Standing(id, time.NowMs());
        return new AddedJob(id, standing?.State ?? JobState.Waiting, IsDuplicate: false, standing?.Position, standing?.EtaSeconds);
    }

    private AddedJob Duplicate(JobHolder holder)
    {
        Tell(QueueEventKind.Duplicated, holder.Job, state: holder.State);
        var standing = _state.Standing(holder.Job, time.NowMs());
        return new AddedJob(holder.Job, standing?.State ?? holder.State, IsDuplicate: true, standing?.Position, standing?.EtaSeconds);
    }

    private async Task<JobState?> StateAsync(JobId id) => _state.Standing(id, time.NowMs())?.State ?? await StoredStateAsync(id);

    private async Task<JobState?> StoredStateAsync(JobId id) => (await store.FindAsync(_name, id, CancellationToken.None))?.State;
}
