namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>A client that follows channels and that a test disconnects and reconnects.</summary>
internal interface IReconnectingClient
{
    /// <summary>
    /// Connects to a gateway, sends its positions, and applies frames until the condition holds after a frame. Then it aborts the
    /// connection without notifying the server. The first call also waits for the initial position.
    /// </summary>
    Task FollowAsync(
        Uri gateway, IReadOnlyList<RebuiltConversation> conversations, Func<bool> isEnough, CancellationToken cancellationToken);
}
