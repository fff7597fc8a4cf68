namespace JubileeVerse.Replies;

/// <summary>How a reply stands after a run tried to end it.</summary>
/// <param name="Stands">True: this run's end is the one that was stored, now or before. False: another end stands.</param>
/// <param name="Status">The reply's final status.</param>
[GenerateSerializer, Immutable, Alias("EndReplyResult")]
public sealed record EndReplyResult(bool Stands, ReplyStatus Status);
