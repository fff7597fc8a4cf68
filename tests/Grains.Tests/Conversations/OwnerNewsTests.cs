using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class OwnerNewsTests
{
    private static readonly FakeTimeProvider Time = new();

    private static readonly ConversationHead Before = new(
        UserId.New(Time),
        new Conversation(ConversationId.New(Time), "Title", [default(PersonaId)], null, OnBusy.Queue, Archived: false, Time.GetUtcNow(), null),
        Version: 1,
        LastSeq: 5,
        ReadSeq: 2,
        LastMessage: null,
        DeletedAt: null);

    [Fact]
    public void Changed_AMessageMore_IsNoNews()
    {
        var after = Before with { LastSeq = 6, Version = 2, Conversation = Before.Conversation with { LastMessageAt = Time.GetUtcNow() } };

        Assert.False(OwnerNews.Changed(Before, after));
        Assert.Null(OwnerNews.Read(Before, after));
    }

    [Fact]
    public void Changed_WhatAListShows_IsNews()
    {
        Assert.True(OwnerNews.Changed(Before, Before with { Conversation = Before.Conversation with { Title = "Other" } }));
        Assert.True(OwnerNews.Changed(Before, Before with { Conversation = Before.Conversation with { Archived = true } }));
        Assert.True(OwnerNews.Changed(Before, Before with { DeletedAt = Time.GetUtcNow() }));
    }

    [Fact]
    public void Read_Further_IsHowFar() => Assert.Equal(4, OwnerNews.Read(Before, Before with { ReadSeq = 4 }));
}
