namespace JubileeVerse.Realtime;

/// <summary>Something to be told to people as it is: the words of an <see cref="AdminNotice"/>.</summary>
/// <param name="Message">For people to read.</param>
/// <param name="NoticeType">What sort it is, such as <c>info</c>; the sender's choice.</param>
[GenerateSerializer, Immutable, Alias("Notice")]
public sealed record Notice(string Message, string NoticeType);
