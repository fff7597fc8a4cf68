namespace JubileeVerse.Realtime;

/// <summary>Who owns a channel, and with that who may join it and how long its history is kept.</summary>
public enum ChannelKind
{
    /// <summary>Of no kind that this version knows: nobody may join it.</summary>
    Unknown = 0,

    /// <summary>A person's own; stored.</summary>
    User = 1,

    /// <summary>A conversation's, for its owner; stored.</summary>
    Conversation = 2,

    /// <summary>A queue's, for admins; in memory.</summary>
    Queue = 3,

    /// <summary>Everyone's; in memory.</summary>
    Announcements = 4,

    /// <summary>One that an admin has made; in memory.</summary>
    Named = 5,
}
