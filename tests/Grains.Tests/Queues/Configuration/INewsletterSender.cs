using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.Configuration;

/// <summary>A dependency of the sample processor.</summary>
internal interface INewsletterSender
{
    Task SendAsync(JobId id, string letter, CancellationToken cancellationToken);
}
