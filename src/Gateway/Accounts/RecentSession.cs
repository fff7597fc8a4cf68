using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>A session as it was when the store was last asked for it.</summary>
/// <param name="Hash">Of its key.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Payload">The ticket's bytes.</param>
/// <param name="SeenAt">A timestamp.</param>
internal sealed record RecentSession(string Hash, UserId UserId, byte[] Payload, long SeenAt);
