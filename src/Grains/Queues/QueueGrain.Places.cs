namespace JubileeVerse.Queues;

/// <content>What those who wait hear of their places.</content>
internal sealed partial class QueueGrain
{
    /// <summary>So nobody hears of one job more often.</summary>
    private static readonly TimeSpan PlacesPeriod = TimeSpan.FromSeconds(1);

    private readonly Period _places = new(time, PlacesPeriod);

    private void TellPlaces(long now)
    {
        if (!ends.AnyoneListens || !_places.Passed())
            return;

        foreach (var move in _state.Moved(now))
            ends.TellMove(move);
    }
}
