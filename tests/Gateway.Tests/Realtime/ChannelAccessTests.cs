using System.Collections.Immutable;
using System.Reflection;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime;

public sealed class ChannelAccessTests
{
    private static readonly FakeTimeProvider Time = new();
    private static readonly UserId Me = UserId.New(Time);
    private static readonly ConversationId Mine = ConversationId.New(Time);

    private readonly ChannelAccess _access;
    private UserRole _role = UserRole.User;
    private bool _isDisabled;

    public ChannelAccessTests()
    {
        var (grains, fakes) = FakeGrains.Create();
        fakes.Add(Answering<IConversationQueries>(args => Task.FromResult(
            args is [UserId user, ConversationId id, ..] && user == Me && id == Mine ? MyConversation() : null)));
        fakes.Add(Answering<IAccountGrain>(_ => Task.FromResult(Person())));
        fakes.Add(Answering<IQueueQueries>(_ => Task.FromResult(ImmutableArray.Create("email"))));
        fakes.Add(key => Answering<IChannelGrain>(_ => Task.FromResult(key is "channel:news")));
        _access = new ChannelAccess(grains);
    }

    [Fact]
    public async Task RefuseAsync_WhatIsOnesOwnAndEverybodys_IsOpen()
    {
        Assert.Null(await RefuseAsync(ChannelName.Of(Me)));
        Assert.Null(await RefuseAsync(ChannelName.Of(Mine)));
        Assert.Null(await RefuseAsync(ChannelName.Announcements));
        Assert.Null(await RefuseAsync(ChannelName.OfNamed("news")));
    }

    [Fact]
    public async Task RefuseAsync_WhatIsAnothersAndWhatIsNot_LookTheSame()
    {
        Assert.Equal(ErrorCode.NotFound, await RefuseAsync(ChannelName.Of(UserId.New(Time))));
        Assert.Equal(ErrorCode.NotFound, await RefuseAsync(ChannelName.Of(ConversationId.New(Time))));
        Assert.Equal(ErrorCode.NotFound, await RefuseAsync(ChannelName.OfNamed("other")));
    }

    [Fact]
    public async Task RefuseAsync_WhatIsNoName_IsNotValid_AlsoOneOfOnesOwnInCapitals()
    {
        Assert.Equal(ErrorCode.InvalidRequest, await RefuseAsync(new ChannelName("nonsense")));
        Assert.Equal(ErrorCode.InvalidRequest, await RefuseAsync(new ChannelName($"conversation:{Mine.ToString().ToUpperInvariant()}")));
        Assert.Equal(ErrorCode.InvalidRequest, await RefuseAsync(new ChannelName($"{ChannelName.Of(Me)} ")));
    }

    [Fact]
    public async Task RefuseAsync_AQueue_IsForAdmins()
    {
        Assert.Equal(ErrorCode.Forbidden, await RefuseAsync(ChannelName.OfQueue("email")));
        _role = UserRole.Admin;
        Assert.Null(await RefuseAsync(ChannelName.OfQueue("email")));
        Assert.Equal(ErrorCode.NotFound, await RefuseAsync(ChannelName.OfQueue("other")));
        _isDisabled = true;
        Assert.Equal(ErrorCode.Forbidden, await RefuseAsync(ChannelName.OfQueue("email")));
    }

    private Task<ErrorCode?> RefuseAsync(ChannelName channel) => _access.RefuseAsync(Me, channel, TestContext.Current.CancellationToken);

    private static Conversation? MyConversation() => new(Mine, null, [], null, OnBusy.Queue, Archived: false, Time.GetUtcNow(), null);

    private User Person() => new(Me, null, "Ada", _role, "free", "en", "jubilee", IsGuest: false, _isDisabled);

    private static T Answering<T>(Func<object?[], object> answer)
        where T : class
    {
        var grain = DispatchProxy.Create<T, Grain>();
        ((Grain)(object)grain).Answer = answer;
        return grain;
    }

    /// <summary>Answers each call as the test says.</summary>
    public class Grain : DispatchProxy
    {
        public Func<object?[], object>? Answer { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer!(args!);
    }
}
