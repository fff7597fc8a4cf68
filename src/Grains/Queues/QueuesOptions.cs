using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues;

/// <summary>The section <c>JubileeVerse:Queues</c>: one entry a queue, and what holds for all.</summary>
public sealed class QueuesOptions
{
    /// <summary>The queue <c>ai-response</c>.</summary>
    [Required, ValidateObjectMembers]
    public QueueOptions AiResponse { get; set; } = new();

    /// <summary>How long running jobs may go on when the silo stops, before they are handed back. 0 to 5 min; default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The numbers of one queue by its name.</summary>
    public QueueOptions Of(string queue) => queue switch
    {
        QueueNames.AiResponse => AiResponse,
        _ => throw new ArgumentOutOfRangeException(nameof(queue), queue, "No such queue."),
    };
}
