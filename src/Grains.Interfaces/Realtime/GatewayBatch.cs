using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>Frames on their way from one silo to one gateway, in order.</summary>
/// <param name="Silo">The sending silo's run; sequences count for each.</param>
/// <param name="Sequence">1, 2, 3…; a batch that is sent again keeps its number.</param>
/// <param name="FramesLost">True: frames before this batch were dropped, so the gateway must attach its channels of this silo again.</param>
/// <param name="Frames">At least one unless frames were lost.</param>
[GenerateSerializer, Immutable, Alias("GatewayBatch")]
public sealed record GatewayBatch(string Silo, long Sequence, bool FramesLost, ImmutableArray<ChannelFrame> Frames);
