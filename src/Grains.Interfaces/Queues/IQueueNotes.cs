namespace JubileeVerse.Queues;

/// <summary>What runs say of themselves. Key: queue name; the same grain as <see cref="IQueueGrain"/>.</summary>
[Alias("IQueueNotes")]
public interface IQueueNotes : IGrainWithStringKey
{
    /// <summary>Answers after the commit. False: the lease was lost, nothing was recorded.</summary>
    [Alias("NoteAsync")]
    Task<bool> NoteAsync(JobNote note, CancellationToken cancellationToken);
}
