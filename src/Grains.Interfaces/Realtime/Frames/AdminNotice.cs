using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime.Frames;

/// <summary>
/// A notice from an admin or the system to a user, a channel or everyone. Its kind is <c>noticeType</c> on the wire, because <c>type</c> is
/// the type of the frame.
/// </summary>
[GenerateSerializer, Immutable, Alias("AdminNotice")]
public sealed record AdminNotice(
    ChannelName Channel, string Epoch, long Offset, string Message, string NoticeType, DateTimeOffset Timestamp)
    : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "admin-notice";

    [JsonIgnore]
    public override string Type => TypeName;
}
