using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>Whether and how a person is here.</summary>
/// <param name="Online">As others see it: true as well for a moment after the last link has gone.</param>
/// <param name="Links">Over all gateways, oldest first.</param>
[GenerateSerializer, Immutable, Alias("UserPresence")]
public sealed record UserPresence(bool Online, ImmutableArray<UserLink> Links);
