using System.ComponentModel.DataAnnotations;

namespace JubileeVerse.Queues.Configuration;

/// <summary>
/// The section <c>JubileeVerse:Queues</c>: what all queues share. Each registered queue has a section of its own below it
/// (<see cref="QueueOptions"/>).
/// </summary>
public sealed class QueuesOptions
{
    /// <summary>
    /// The grace period for running jobs when the silo stops; jobs that still run after it are returned to the queue. 0 to 5 min; default
    /// 20 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(20);
}
