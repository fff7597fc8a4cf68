namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>What a reply stream searches for before it reads on.</summary>
internal enum ReplySearch
{
    /// <summary>The reply, which has not been read yet.</summary>
    Reply,

    /// <summary>The stored reply, because its owner does not know it as open any more.</summary>
    StoredReply,

    /// <summary>The queue position of a reply that waits.</summary>
    QueuePosition,
}
