namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>
/// A reply that one connection follows, and how far it has read it. It refers to the reply and not to its id, because a failed reply that
/// is retried becomes another <see cref="LiveReply"/>.
/// </summary>
internal sealed record FollowedLiveReply(LiveReply Reply, ReplyReader Reader);
