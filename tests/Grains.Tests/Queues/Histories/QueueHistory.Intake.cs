using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.Histories;

/// <content>How jobs enter the queue: offered after their rows were inserted, or added by the queue itself.</content>
internal sealed partial class QueueHistory
{
    private readonly Dictionary<ModelJob, PreparedJob> _prepared = [];
    private int _jobs;

    private Job NewJob(HistoryStep step)
    {
        var (_, a, b, c) = step;
        var number = _jobs++;
        var job = TestJobs.Job(
            number % 2 == 0 ? $"job-{number}" : new Guid(number, 0, 0, [1, 2, 3, 4, 5, 6, 7, (byte)a]).ToString(),
            _now - (b % 3 * 50),
            user: a % 4 == 0 ? null : $"user-{a % 4}",
            orderKey: b % 2 == 0 ? null : $"key-{b % 5}",
            // The numbers mostly rise, are sometimes late and are never equal.
            orderNumber: ((c % 7 == 0 ? 0 : number) * 1_000L) + number,
            priority: 1 + (c % 10),
            weight: 1 + (a % 3),
            attempts: 1 + (c % 3),
            backoffMs: 200 * (b % 4),
            deadline: a % 5 == 0 ? _now + (c * 30) : null);
        return job with
        {
            Backoff = a % 2 == 0 ? BackoffKind.Exponential : BackoffKind.Fixed,
            Jitter = c % 3 == 0 ? a / 99.0 : 0,
            Cost = b % 6 == 0 ? 1 + c : 1,
            ReadyAt = c % 5 == 0 ? _now + 1 + (b * 20) : null,
        };
    }

    private void Accept(HistoryStep step)
    {
        var job = NewJob(step);
        _model.Accept(job);
        var result = _queue.Intake.Accept(job, _now);
        Assert.Equal(AcceptKind.Accepted, result.Kind);
        Write(result.Change!.Value);
    }

    private void OfferAgain(HistoryStep step)
    {
        if (Pick(_model.Jobs.Where(job => job.IsOpen || _latest - job.EndedAt < 180_000), step.A) is not { } job) return;
        var result = _queue.Intake.Accept(job.Job, _now);
        Assert.Equal(job.IsOpen ? AcceptKind.AlreadyOpen : AcceptKind.Ended, result.Kind);
        Assert.Null(result.Change);
    }

    private void Prepare(HistoryStep step)
    {
        var job = NewJob(step);
        var expected = _model.Prepare(job);
        var prepared = _queue.Intake.Prepare(job);
        Assert.Equal(expected.SortKey, prepared.Row.SortKey);
        _prepared.Add(expected, prepared);
    }

    private void Finish(HistoryStep step)
    {
        if (Pick(_model.Prepared, step.A) is not { } job) return;
        _model.Finish(job);
        Insert(job);
        Assert.Equal(job.State, _queue.Intake.Finish(_prepared[job], _now)!.State);
    }

    private void Abandon(HistoryStep step)
    {
        if (Pick(_model.Prepared, step.A) is not { } job) return;
        _model.Prepared.Remove(job);
        _queue.Intake.Abandon(_prepared[job]);
    }

    /// <summary>
    /// The queue moved while it was adding jobs: their rows are stored, or they are lost, and the queue did not learn which.
    /// </summary>
    private void EndPreparedJobs(bool lost)
    {
        foreach (var job in _model.Prepared.ToList())
        {
            _model.Finish(job);
            if (lost) _model.Jobs.Remove(job);
            else Insert(job);
        }
    }

    /// <summary>Inserts a row with its sort key.</summary>
    private void Insert(ModelJob job) =>
        Write(new JobChange(job.Job.Id, null, job.State, 0, 0, 0, job.SortKey, job.ReadyAt, null, null, null, null, null, null)
        {
            Priority = job.Job.Priority,
        });
}
