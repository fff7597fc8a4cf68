namespace JubileeVerse.Replies.Builtin;

/// <summary>How somebody seems to be.</summary>
internal enum Mood
{
    Even,
    Light,
    Heavy,

    /// <summary>Something hard has happened: it may be named.</summary>
    HeavyEvent,

    /// <summary>Somebody died.</summary>
    Grief,
}
