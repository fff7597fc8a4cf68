using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.Histories;

/// <content>Operator actions on single jobs.</content>
internal sealed partial class QueueHistory
{
    private void SetPriority(HistoryStep step)
    {
        if (Pick(_model.Open, step.A) is not { } job) return;
        var priority = 1 + (step.B % 10);
        ApplyUnwritten(job, () =>
        {
            _model.SetPriority(job, priority);
            return _queue.Actions.SetPriority(job.Job.Id, priority, _now)!.Value;
        });
    }

    private void Remove(HistoryStep step)
    {
        if (Pick(_model.Open, step.A) is not { } job) return;
        if (job.Run is not null)
        {
            Assert.Null(_queue.Actions.Remove(job.Job.Id, _now));
            return;
        }

        ApplyUnwritten(job, () =>
        {
            _model.Remove(job, _now);
            return _queue.Actions.Remove(job.Job.Id, _now)!.Value;
        });
    }

    private void Cancel(HistoryStep step)
    {
        if (Pick(_model.Open, step.A) is not { } job) return;
        if (job.Run is not null)
        {
            _model.Cancel(job, _now);
            var result = _queue.Actions.Cancel(job.Job.Id, _now);
            Assert.Equal(CancelKind.StopRequested, result.Kind);
            Write(result.Change!.Value);
            return;
        }

        ApplyUnwritten(job, () =>
        {
            _model.Cancel(job, _now);
            return _queue.Actions.Cancel(job.Job.Id, _now).Change!.Value;
        });
    }

    private void Promote(HistoryStep step)
    {
        if (Pick(_model.Open.Where(job => job.State == JobState.Delayed), step.A) is not { } job) return;
        ApplyUnwritten(job, () =>
        {
            _model.Promote(job, _now);
            return _queue.Actions.Promote(job.Job.Id, _now)!.Value;
        });
    }

    private void RetryByHand(HistoryStep step)
    {
        if (Pick(_model.Jobs.Where(job => job.State == JobState.Failed), step.A) is not { } job) return;
        var row = RowOf(job);
        _model.RetryByHand(job, _now);
        Write(_queue.Actions.RetryByHand(row, _now)!.Value);
    }
}
