using JubileeVerse.Queues;

namespace JubileeVerse.Grains.Tests.Queues.Configuration;

// The class below is the sample of docs/queues.md; QueueDocumentTests holds the two equal.
internal sealed class NewsletterProcessor(INewsletterSender sender) : IJobProcessor
{
    public async Task<JobOutcome> RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        // A repeated run has the same id, by which the sender recognises what it has already sent.
        await sender.SendAsync(run.Job.Id, run.Job.Payload, cancellationToken);
        return JobOutcome.Completed;
    }
}
