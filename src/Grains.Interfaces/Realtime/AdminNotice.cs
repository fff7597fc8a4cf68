using System.Text.Json.Serialization;

namespace JubileeVerse.Realtime;

/// <summary>
/// An admin, or the system itself, tells something to a person, a channel or everyone. Its sort is <c>noticeType</c> on the wire, as
/// <c>type</c> is the frame's.
/// </summary>
[GenerateSerializer, Immutable, Alias("AdminNotice")]
public sealed record AdminNotice(
    ChannelName Channel, string Epoch, long Offset, string Message, string NoticeType, DateTimeOffset Timestamp) : DurableFrame(Channel, Epoch, Offset)
{
    public const string TypeName = "admin-notice";

    [JsonIgnore]
    public override string Type => TypeName;
}
