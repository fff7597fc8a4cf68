using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// The channels that one link hears: a cursor into each one's feed, and nothing of its own besides. Disposing it leaves them all.
/// Commands come one at a time; reading may happen beside them, but never twice at once.
/// </summary>
internal interface ILinkSubscriptions : IDisposable
{
    /// <summary>With the person's own channel and the announcements, which are not counted against the limit.</summary>
    int Count { get; }

    /// <summary>A reply that it hears is running: the link is closed last.</summary>
    bool IsAnswering { get; }

    /// <summary>Nothing can be heard of a reply that it hears, for so long that its client should try elsewhere.</summary>
    bool IsLost => false;

    /// <summary>What it has not been told yet, as far as that is kept: a slow reader is one that is too far behind.</summary>
    long BehindBytes { get; }

    /// <summary>
    /// Checks the right, waits for the feed, and recovers all or nothing. A refusal is a value. Subscribing anew to a channel that it has
    /// begins from the position that is said now.
    /// </summary>
    Task<SubscribeAnswer> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken);

    /// <summary>False: it did not hear that channel.</summary>
    bool Unsubscribe(ChannelName channel);

    /// <summary>Adds what is new until the burst is full, channel by channel in the channel's order, and moves the cursors on.</summary>
    void Read(FrameBurst burst);
}
