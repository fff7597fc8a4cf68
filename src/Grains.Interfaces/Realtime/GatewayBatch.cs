using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>Frames on their way from one silo to one gateway, in order.</summary>
/// <param name="Silo">The sending silo's run.</param>
/// <param name="Outbox">The silo's outbox for this gateway: a higher number when it was closed and has been opened again.</param>
/// <param name="Sequence">1, 2, 3… of this outbox; a batch that is sent again keeps its number.</param>
/// <param name="FramesLost">True: frames before this batch were dropped, so the gateway must attach its channels of this silo again.</param>
/// <param name="Moved">Channels that have a new owner, which may not know of this gateway: who follows one attaches again.</param>
/// <param name="Frames">None where there are only moves, or frames were lost.</param>
[GenerateSerializer, Immutable, Alias("GatewayBatch")]
public sealed record GatewayBatch(
    string Silo, long Outbox, long Sequence, bool FramesLost, ImmutableArray<ChannelName> Moved, FrameList Frames);
