namespace JubileeVerse.Replies;

/// <summary>The result of appending text to a reply.</summary>
/// <param name="Accepted">False if the reply has ended or a later run has begun, so this run must stop.</param>
/// <param name="Length">Length of the stored text in UTF-16 code units. A worker that has sent more must resend from here.</param>
[GenerateSerializer, Immutable, Alias("AppendReplyResult")]
public readonly record struct AppendReplyResult(bool Accepted, int Length);
