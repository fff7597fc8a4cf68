using System.Collections.Immutable;
using JubileeVerse.Realtime.Frames.Encoding;

namespace JubileeVerse.Realtime;

/// <summary>An ordered batch of frames from one silo to one gateway.</summary>
/// <param name="Silo">The run of the sending silo.</param>
/// <param name="Outbox">The number of the silo's outbox for this gateway. It is higher after the outbox was closed and reopened.</param>
/// <param name="Sequence">1, 2, 3… in this outbox. A resent batch keeps its number.</param>
/// <param name="FramesDropped">
/// True if frames before this batch were dropped, so the gateway must attach its channels on this silo again.
/// </param>
/// <param name="MovedChannels">
/// Channels with a new owner that may not know this gateway. The gateway must attach again to those that it follows.
/// </param>
/// <param name="Frames">Empty if the batch reports only moved channels or dropped frames.</param>
[GenerateSerializer, Immutable, Alias("GatewayBatch")]
public sealed record GatewayBatch(
    string Silo, long Outbox, long Sequence, bool FramesDropped, ImmutableArray<ChannelName> MovedChannels, FrameList Frames);
