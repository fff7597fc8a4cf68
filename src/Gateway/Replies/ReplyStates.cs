using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Replies;

internal static class ReplyStates
{
    /// <summary>A status this gateway does not know counts as open: the stream then asks again, and never ends what goes on.</summary>
    public static bool HasEnded(this ReplyStatus status) => status is ReplyStatus.Completed or ReplyStatus.Cancelled or ReplyStatus.Failed;

    public static bool HasEnded(this Reply reply) => reply.Status.HasEnded();
}
