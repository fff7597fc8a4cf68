using JubileeVerse.Queues;

namespace JubileeVerse.Replies;

/// <summary>Opens the line of a run to its conversation.</summary>
internal interface IReplySessions
{
    IReplySession Open(ReplyJobPayload reply, JobLease lease, int attempt);
}
