using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class OwnerUpdatesTests
{
    private static readonly FakeTimeProvider Time = new();

    private static readonly ConversationHead Before = new(
        UserId.New(Time),
        new Conversation(
            ConversationId.New(Time), "Title", [default(PersonaId)], null, OnBusy.Queue, Archived: false, Time.GetUtcNow(), null),
        Version: 1,
        LastSeq: 5,
        ReadSeq: 2,
        LastMessage: null,
        DeletedAt: null);

    [Fact]
    public void IsVisibleChange_NewMessage_IsFalse()
    {
        var after = Before with { LastSeq = 6, Version = 2, Conversation = Before.Conversation with { LastMessageAt = Time.GetUtcNow() } };

        Assert.False(OwnerUpdates.IsVisibleChange(Before, after));
        Assert.Null(OwnerUpdates.NewReadSeq(Before, after));
    }

    [Fact]
    public void IsVisibleChange_TitleArchivedOrDeleted_IsTrue()
    {
        Assert.True(OwnerUpdates.IsVisibleChange(Before, Before with { Conversation = Before.Conversation with { Title = "Other" } }));
        Assert.True(OwnerUpdates.IsVisibleChange(Before, Before with { Conversation = Before.Conversation with { Archived = true } }));
        Assert.True(OwnerUpdates.IsVisibleChange(Before, Before with { DeletedAt = Time.GetUtcNow() }));
    }

    [Fact]
    public void NewReadSeq_ReadFurther_IsTheNewSeq() => Assert.Equal(4, OwnerUpdates.NewReadSeq(Before, Before with { ReadSeq = 4 }));
}
