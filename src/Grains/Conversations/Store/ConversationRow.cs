using System.Collections.Immutable;
using System.Text.Json;
using JubileeVerse.Personas;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Conversations.Store;

/// <summary>A row of <c>conversations</c>. It has properties instead of a constructor, because SQLite has only one integer type.</summary>
internal sealed class ConversationRow
{
    public const string Columns =
        """
        c.id as Id, c.user_id as UserId, c.title as Title, c.personas as Personas, c.language as Language, c.on_busy as OnBusy,
        c.archived as Archived, c.version as Version, c.last_seq as LastSeq, c.read_seq as ReadSeq, c.last_role as LastRole,
        c.last_preview as LastPreview, c.created_at as CreatedAt, c.last_message_at as LastMessageAt, c.activity_at as ActivityAt,
        c.deleted_at as DeletedAt
        """;

    public string Id { get; init; } = "";

    public string UserId { get; init; } = "";

    public string? Title { get; init; }

    public string Personas { get; init; } = "";

    public string? Language { get; init; }

    public string OnBusy { get; init; } = "";

    public bool Archived { get; init; }

    public long Version { get; init; }

    public long LastSeq { get; init; }

    public long ReadSeq { get; init; }

    public string? LastRole { get; init; }

    public string? LastPreview { get; init; }

    public long CreatedAt { get; init; }

    public long? LastMessageAt { get; init; }

    public long ActivityAt { get; init; }

    public long? DeletedAt { get; init; }

    /// <summary>Set by the list query only.</summary>
    public long Unread { get; init; }

    public Conversation ToConversation() => new(
        ConversationId.Parse(Id),
        Title,
        JsonSerializer.Deserialize<ImmutableArray<PersonaId>>(Personas),
        Language,
        EnumText<OnBusy>.Parse(OnBusy),
        Archived,
        UnixTime.FromMilliseconds(CreatedAt),
        UnixTime.FromMilliseconds(LastMessageAt));

    public MessagePreview? ToPreview() => LastRole is null || LastPreview is null || LastMessageAt is not { } at
        ? null
        : new MessagePreview(EnumText<MessageRole>.Parse(LastRole), LastPreview, UnixTime.FromMilliseconds(at));

    public ConversationHead ToHead() => new(
        Accounts.UserId.Parse(UserId),
        ToConversation(),
        Version,
        LastSeq,
        ReadSeq,
        ToPreview(),
        UnixTime.FromMilliseconds(DeletedAt));
}
