using JubileeVerse.Operations;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Realtime;

/// <summary>
/// Reads the stored history of channels from the table. A stateless worker; key 0. The caller is responsible for authorization.
/// </summary>
[Alias("IChannelQueries"), GrainInterfaceType("JubileeVerse.Realtime.IChannelQueries")]
public interface IChannelQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// All frames after a position, up to an offset that has been published. Null if one of them is no longer retained, if the epoch has
    /// changed, or if there are more than <see cref="MaxFrames"/>.
    /// </summary>
    [Idempotent, Alias("ReadAsync")]
    Task<ChannelHistory?> ReadAsync(ChannelName channel, ChannelPosition after, long upTo, CancellationToken cancellationToken);

    /// <summary>Maximum number of frames, which is also the number that a channel retains.</summary>
    const int MaxFrames = 1000;
}
