using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues;

/// <summary>Records the progress and log lines of running jobs. Key: queue name; the same grain as <see cref="IQueueGrain"/>.</summary>
[Alias("IQueueNotes"), GrainInterfaceType("JubileeVerse.Queues.IQueueNotes")]
public interface IQueueNotesGrain : IGrainWithStringKey
{
    /// <summary>Returns after the commit. Returns false if the lease was lost; then nothing was recorded.</summary>
    [Alias("NoteAsync")]
    Task<bool> NoteAsync(JobNote note, CancellationToken cancellationToken);
}
