namespace JubileeVerse.Integration.Tests.Realtime;

/// <summary>A way to follow channels that a test cuts and takes up again.</summary>
internal interface IRestlessLink
{
    /// <summary>
    /// Comes to a gateway, says where it was, and applies what it is told until the condition holds after a frame. Then the network breaks: the
    /// server is told nothing. The first time it also waits for a beginning.
    /// </summary>
    Task FollowAsync(Uri gateway, IReadOnlyList<RebuiltConversation> conversations, Func<bool> isEnough, CancellationToken cancellationToken);
}
