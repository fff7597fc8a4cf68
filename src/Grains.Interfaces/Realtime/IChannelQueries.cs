using JubileeVerse.Operations;

namespace JubileeVerse.Realtime;

/// <summary>The stored past of channels, read from the table. A stateless worker; key 0. Who may read it is the caller's matter.</summary>
[Alias("IChannelQueries")]
public interface IChannelQueries : IGrainWithIntegerKey
{
    /// <summary>
    /// The frames after a position, up to an offset that has been told, all of them: null when one is not kept any more, when the epoch is
    /// over, or when there are more than <see cref="MaxFrames"/>.
    /// </summary>
    [Idempotent, Alias("ReadAsync")]
    Task<ChannelHistory?> ReadAsync(ChannelName channel, ChannelPosition after, long upTo, CancellationToken cancellationToken);

    /// <summary>As many as a channel keeps.</summary>
    const int MaxFrames = 1000;
}
