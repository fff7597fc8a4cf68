using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>The users of a channel.</summary>
/// <param name="Users">Each user once, regardless of the number of connections.</param>
internal sealed record PresenceResult(ChannelName Channel, ImmutableArray<UserId> Users);
