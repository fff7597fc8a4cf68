using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Who is here.</summary>
/// <param name="Channel">Where.</param>
/// <param name="Users">Each once, on however many links.</param>
internal sealed record PresenceAnswer(ChannelName Channel, ImmutableArray<UserId> Users);
