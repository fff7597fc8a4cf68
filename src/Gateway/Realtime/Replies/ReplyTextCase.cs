namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>How a reader's text differs from the reply's text. Each case states what the reader receives.</summary>
internal enum ReplyTextCase
{
    /// <summary>The reader has all of the text and receives none.</summary>
    UpToDate,

    /// <summary>
    /// The client has text from another gateway that has not arrived here yet. It receives nothing and must not be set back.
    /// </summary>
    Ahead,

    /// <summary>The reply has ended before the text that the client claims to have: a snapshot.</summary>
    AheadOfTheEnd,

    /// <summary>The reader existed before the reply's first run: the start of the run and all of its text.</summary>
    FromStart,

    /// <summary>The reader arrives after the reply's end: a snapshot.</summary>
    AfterTheEnd,

    /// <summary>
    /// Nothing is known of the reply but that it waits: an empty snapshot, so that a channel's reader learns of the reply.
    /// </summary>
    NothingKnown,

    /// <summary>The reader has the beginning of the run's text: the rest as one delta.</summary>
    SameRun,

    /// <summary>The reader arrives after the text has begun, and has no text that could be continued: a snapshot.</summary>
    Joined,

    /// <summary>The run began while the reader followed the reply: the start of the run and all of its text.</summary>
    NewRun,
}
