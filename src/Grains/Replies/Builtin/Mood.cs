namespace JubileeVerse.Replies.Builtin;

/// <summary>The presumed mood of a user.</summary>
internal enum Mood
{
    Even,
    Light,
    Heavy,

    /// <summary>A bad event has happened, which a reply may name.</summary>
    HeavyEvent,

    /// <summary>Someone has died.</summary>
    Grief,
}
