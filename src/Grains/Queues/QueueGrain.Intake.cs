using System.Collections.Immutable;
using JubileeVerse.Errors;

namespace JubileeVerse.Queues;

/// <content>Jobs that the queue itself stores, and waiting for their end.</content>
internal sealed partial class QueueGrain
{
    private static readonly TimeSpan WaitPatience = TimeSpan.FromSeconds(25);

    private readonly Dictionary<JobId, TaskCompletionSource<JobState>> _awaited = [];
    private NewJobs _newJobs = null!;

    public async Task<ImmutableArray<AddedJob>> AddAsync(ImmutableArray<NewJob> jobs, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var asked = _newJobs.Of(jobs, now);
        var maxOpen = queues.Of(_name).MaxOpen;
        if (_state.Open + asked.Length > maxOpen)
            throw new JubileeException(ErrorCode.QueueFull, $"Queue {_name} has {_state.Open} of at most {maxOpen} open jobs; nothing was added.");

        var prepared = new List<(Job Job, PreparedJob Prepared)>(asked.Length);
        var known = new Dictionary<JobId, AcceptResult>();
        foreach (var job in asked)
        {
            if (_state.Prepare(job, now, out var found) is { } one)
                prepared.Add((job, one));
            else
                known[job.Id] = found;
        }

        await InsertAsync(prepared);
        now = time.NowMs();
        foreach (var (job, one) in prepared)
        {
            _state.Finish(one, now);
            _recent.Add(job);
        }

        Dispatch();
        return [.. asked.Select(job => Added(job.Id, known.ContainsKey(job.Id), now))];
    }

    public async Task<JobState?> WaitAsync(JobId id, CancellationToken cancellationToken)
    {
        if (_state.Standing(id, time.NowMs()) is null)
            return (await store.FindAsync(_name, id, cancellationToken))?.State;

        if (!_awaited.TryGetValue(id, out var end))
            _awaited[id] = end = new TaskCompletionSource<JobState>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            return await end.Task.WaitAsync(WaitPatience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            _awaited.Remove(id);
            return _state.Standing(id, time.NowMs())?.State;
        }
    }

    /// <summary>All or none. When it is not known which, this activation goes: the next one reads what is stored.</summary>
    private async Task InsertAsync(List<(Job Job, PreparedJob Prepared)> jobs)
    {
        if (jobs.Count == 0)
            return;
        try
        {
            await changes.InsertAsync([.. jobs.Select(job => (job.Job, job.Prepared.Row.Place!.Value))]);
        }
        catch
        {
            foreach (var (_, prepared) in jobs)
                _state.Abandon(prepared);
            throw;
        }
    }

    private AddedJob Added(JobId id, bool isDuplicate, long now)
    {
        var standing = _state.Standing(id, now);
        return new AddedJob(id, standing?.State ?? JobState.Completed, isDuplicate, standing?.Position, standing?.EtaSeconds);
    }

    private void WakeThoseWhoWait(JobChange change)
    {
        if (_awaited.Remove(change.Id, out var end))
            end.TrySetResult(change.State);
    }
}
