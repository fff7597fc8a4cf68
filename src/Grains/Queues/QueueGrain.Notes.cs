using JubileeVerse.Queues.Jobs;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Queues;

/// <content>Progress and log lines of runs.</content>
internal sealed partial class QueueGrain
{
    public async Task<bool> NoteAsync(JobNote note, CancellationToken cancellationToken)
    {
        if (!_state.Holds(note.Id, note.Lease))
            return false;

        await changes.WriteRowAsync(note.Id);
        await notes.AddAsync(_name, note, cancellationToken);
        if (note.Progress is not null && _state.Holds(note.Id, note.Lease))
            PublishJobEvent(QueueEventKind.Progress, note.Id, JobState.Active, note.Progress);
        return true;
    }
}
