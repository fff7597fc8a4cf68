namespace JubileeVerse.Gateway.Realtime;

/// <summary>Wants to know that a feed has something new. Called in the feed's lock and thousands of times in a row: it must only take a note.</summary>
internal interface IFeedListener
{
    void Pulse();
}
