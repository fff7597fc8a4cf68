namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>
/// Is notified that a feed has something new. The call is made inside the feed's lock, and for thousands of subscribers in a row, so an
/// implementation must only set a flag.
/// </summary>
internal interface IFeedSubscriber
{
    void Pulse();
}
