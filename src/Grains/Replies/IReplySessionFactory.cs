using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Replies;

/// <summary>Creates the session of a run at its conversation.</summary>
internal interface IReplySessionFactory
{
    IReplySession Create(ReplyJobPayload reply, JobLease lease, int attempt);
}
