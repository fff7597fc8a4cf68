namespace JubileeVerse.Realtime;

/// <summary>The kind of a channel, which determines who may subscribe and how its history is retained.</summary>
public enum ChannelKind
{
    /// <summary>A kind that this version does not know. Nobody may subscribe.</summary>
    Unknown = 0,

    /// <summary>The channel of a user; stored.</summary>
    User = 1,

    /// <summary>The channel of a conversation, for its owner; stored.</summary>
    Conversation = 2,

    /// <summary>The channel of a queue, for admins; in memory.</summary>
    Queue = 3,

    /// <summary>The channel for everyone; in memory.</summary>
    Announcements = 4,

    /// <summary>A channel created by an admin; in memory.</summary>
    Named = 5,
}
