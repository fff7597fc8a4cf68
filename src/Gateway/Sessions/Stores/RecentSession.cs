using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Sessions.Stores;

/// <summary>A copy of a session, as it was last read from the store.</summary>
/// <param name="Hash">The hash of the session key.</param>
/// <param name="Payload">The serialized ticket.</param>
/// <param name="SeenAt">A timestamp of the <see cref="TimeProvider"/>.</param>
internal sealed record RecentSession(string Hash, UserId UserId, byte[] Payload, long SeenAt);
