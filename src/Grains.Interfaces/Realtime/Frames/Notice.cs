namespace JubileeVerse.Realtime.Frames;

/// <summary>The content of an <see cref="AdminNotice"/>.</summary>
/// <param name="Message">The text to display.</param>
/// <param name="NoticeType">The kind of the notice, such as <c>info</c>, chosen by the sender.</param>
[GenerateSerializer, Immutable, Alias("Notice")]
public sealed record Notice(string Message, string NoticeType);
