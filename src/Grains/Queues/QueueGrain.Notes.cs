using JubileeVerse.Realtime;

namespace JubileeVerse.Queues;

/// <content>What runs say of themselves.</content>
internal sealed partial class QueueGrain
{
    public async Task<bool> NoteAsync(JobNote note, CancellationToken cancellationToken)
    {
        if (!_state.Holds(note.Id, note.Lease))
            return false;

        await changes.WriteRowAsync(note.Id);
        await notes.AddAsync(_name, note, cancellationToken);
        if (note.Progress is not null && _state.Holds(note.Id, note.Lease))
            Tell(QueueEventKind.Progress, note.Id, state: JobState.Active, detail: note.Progress);
        return true;
    }
}
