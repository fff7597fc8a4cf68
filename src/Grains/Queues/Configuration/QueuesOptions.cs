using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues.Configuration;

/// <summary>The section <c>JubileeVerse:Queues</c>: the options of each queue and those that all queues share.</summary>
public sealed class QueuesOptions
{
    /// <summary>The queue <c>ai-response</c>; the user's plan determines the priority.</summary>
    [Required, ValidateObjectMembers]
    public QueueOptions AiResponse { get; set; } = new() { Deadline = TimeSpan.FromMinutes(15) };

    /// <summary>The queue <c>email</c>.</summary>
    [Required, ValidateObjectMembers]
    public QueueOptions Email { get; set; } = new() { ConcurrencyPerSilo = 5, StartsPerSecond = 100 };

    /// <summary>The queue <c>analytics</c>.</summary>
    [Required, ValidateObjectMembers]
    public QueueOptions Analytics { get; set; } = new() { ConcurrencyPerSilo = 5, StartsPerSecond = 100, Priority = 10 };

    /// <summary>The queue <c>translation-review</c>.</summary>
    [Required, ValidateObjectMembers]
    public QueueOptions TranslationReview { get; set; } = new() { ConcurrencyPerSilo = 5, StartsPerSecond = 100 };

    /// <summary>
    /// The grace period for running jobs when the silo stops; jobs that still run after it are returned to the queue. 0 to 5 min; default
    /// 20 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(20);
}
