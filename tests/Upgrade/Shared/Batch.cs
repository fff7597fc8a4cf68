using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Upgrade;

/// <summary>Frames that every version knows.</summary>
internal static class Batch
{
    public static readonly ChannelName Channel = new("conversation:upgrade");
    public static readonly ReplyId ReplyId = new(Guid.Parse("0198d2c5-0000-7000-8000-000000000001"));
    public static readonly ReplyStarted Started = new(Channel, ReplyId, 7, 1);
    public static readonly ReplyDelta Text = new(Channel, ReplyId, 7, 0, "Hello");
}
