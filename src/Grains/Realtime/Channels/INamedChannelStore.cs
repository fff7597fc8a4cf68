namespace JubileeVerse.Realtime.Channels;

/// <summary>The named channels.</summary>
internal interface INamedChannelStore
{
    Task<bool> ExistsAsync(ChannelName channel, CancellationToken cancellationToken);

    /// <summary>Creates the channel; an existing channel is left unchanged.</summary>
    Task CreateAsync(ChannelName channel, CancellationToken cancellationToken);

    Task RemoveAsync(ChannelName channel, CancellationToken cancellationToken);
}
