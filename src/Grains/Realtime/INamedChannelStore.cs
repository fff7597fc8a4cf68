namespace JubileeVerse.Realtime;

/// <summary>Which named channels there are.</summary>
internal interface INamedChannelStore
{
    Task<bool> ExistsAsync(ChannelName channel, CancellationToken cancellationToken);

    /// <summary>One that is there stays as it is.</summary>
    Task MakeAsync(ChannelName channel, CancellationToken cancellationToken);

    Task RemoveAsync(ChannelName channel, CancellationToken cancellationToken);
}
