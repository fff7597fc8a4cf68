using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues;

/// <summary>The section <c>JubileeVerse:Queues</c>: one entry a queue, and what holds for all.</summary>
public sealed class QueuesOptions
{
    /// <summary>The queue <c>ai-response</c>; the plan says the priority.</summary>
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

    /// <summary>How long running jobs may go on when the silo stops, before they are handed back. 0 to 5 min; default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(20);
}
