using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Replies;

internal static class ReplyStates
{
    /// <summary>
    /// A status that this gateway does not know counts as open: the stream then reads the reply again and is never closed before the
    /// reply has ended.
    /// </summary>
    public static bool HasEnded(this ReplyStatus status) =>
        status is ReplyStatus.Completed or ReplyStatus.Cancelled or ReplyStatus.Failed;

    public static bool HasEnded(this Reply reply) => reply.Status.HasEnded();
}
