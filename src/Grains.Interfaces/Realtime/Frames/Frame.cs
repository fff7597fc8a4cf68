using System.Text.Json.Serialization;
using JubileeVerse.Realtime.Positions;

namespace JubileeVerse.Realtime.Frames;

/// <summary>
/// A message from the server to a client. Its JSON is the wire format of <c>docs/protocol.md</c>; <c>type</c> is the discriminator.
/// Frames of replies have their own position (<c>run</c>, <c>textOffset</c>); only a <see cref="DurableFrame"/> has a position in the
/// channel.
/// </summary>
[GenerateSerializer, Immutable, Alias("Frame")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ReplyQueued), ReplyQueued.TypeName)]
[JsonDerivedType(typeof(ReplyStarted), ReplyStarted.TypeName)]
[JsonDerivedType(typeof(ReplyDelta), ReplyDelta.TypeName)]
[JsonDerivedType(typeof(ReplyRetrying), ReplyRetrying.TypeName)]
[JsonDerivedType(typeof(ReplySnapshot), ReplySnapshot.TypeName)]
[JsonDerivedType(typeof(ReplyCompleted), ReplyCompleted.TypeName)]
[JsonDerivedType(typeof(ReplyFailed), ReplyFailed.TypeName)]
[JsonDerivedType(typeof(ReplyCancelled), ReplyCancelled.TypeName)]
[JsonDerivedType(typeof(MessagePosted), MessagePosted.TypeName)]
[JsonDerivedType(typeof(ConversationChanged), ConversationChanged.TypeName)]
[JsonDerivedType(typeof(ReadMarked), ReadMarked.TypeName)]
[JsonDerivedType(typeof(QueueBegin), QueueBegin.TypeName)]
[JsonDerivedType(typeof(QueueJobEvent), QueueJobEvent.TypeName)]
[JsonDerivedType(typeof(QueueEvent), QueueEvent.TypeName)]
[JsonDerivedType(typeof(AdminNotice), AdminNotice.TypeName)]
[JsonDerivedType(typeof(PresenceChanged), PresenceChanged.TypeName)]
[JsonDerivedType(typeof(Gap), Gap.TypeName)]
[JsonDerivedType(typeof(Unsubscribed), Unsubscribed.TypeName)]
[JsonDerivedType(typeof(Connected), Connected.TypeName)]
[JsonDerivedType(typeof(Closing), Closing.TypeName)]
public abstract record Frame
{
    /// <summary>
    /// The wire name, which is also the SSE event name. The serializer does not inherit the attribute: each override repeats it.
    /// </summary>
    [JsonIgnore]
    public abstract string Type { get; }
}
