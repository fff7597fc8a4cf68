using System.Collections.Immutable;
using System.Reflection;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Subscriptions;

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
        fakes.Add(Stub<IConversationQueriesGrain>(args => Task.FromResult(
            args is [UserId user, ConversationId id, ..] && user == Me && id == Mine ? OwnConversation() : null)));
        fakes.Add(Stub<IAccountGrain>(_ => Task.FromResult(Account())));
        fakes.Add(Stub<IQueueQueriesGrain>(_ => Task.FromResult(ImmutableArray.Create(QueueNames.AiResponse))));
        fakes.Add(key => Stub<IChannelGrain>(_ => Task.FromResult(key is "channel:news")));
        _access = new ChannelAccess(grains);
    }

    [Fact]
    public async Task CheckAsync_OwnOrPublicChannel_Allows()
    {
        Assert.Null(await RefuseAsync(ChannelName.For(Me)));
        Assert.Null(await RefuseAsync(ChannelName.For(Mine)));
        Assert.Null(await RefuseAsync(ChannelName.Announcements));
        Assert.Null(await RefuseAsync(ChannelName.ForNamed("news")));
    }

    [Fact]
    public async Task CheckAsync_ForeignOrMissingChannel_IsNotFound()
    {
        Assert.Equal(ErrorCode.NotFound, await RefuseAsync(ChannelName.For(UserId.New(Time))));
        Assert.Equal(ErrorCode.NotFound, await RefuseAsync(ChannelName.For(ConversationId.New(Time))));
        Assert.Equal(ErrorCode.NotFound, await RefuseAsync(ChannelName.ForNamed("other")));
    }

    [Fact]
    public async Task CheckAsync_InvalidOrUppercaseName_IsInvalidRequest()
    {
        Assert.Equal(ErrorCode.InvalidRequest, await RefuseAsync(new ChannelName("nonsense")));
        Assert.Equal(ErrorCode.InvalidRequest, await RefuseAsync(new ChannelName($"conversation:{Mine.ToString().ToUpperInvariant()}")));
        Assert.Equal(ErrorCode.InvalidRequest, await RefuseAsync(new ChannelName($"{ChannelName.For(Me)} ")));
    }

    [Fact]
    public async Task CheckAsync_QueueChannel_AllowsAdminsOnly()
    {
        Assert.Equal(ErrorCode.Forbidden, await RefuseAsync(ChannelName.ForQueue(QueueNames.AiResponse)));
        _role = UserRole.Admin;
        Assert.Null(await RefuseAsync(ChannelName.ForQueue(QueueNames.AiResponse)));
        Assert.Equal(ErrorCode.NotFound, await RefuseAsync(ChannelName.ForQueue("other")));
        _isDisabled = true;
        Assert.Equal(ErrorCode.Forbidden, await RefuseAsync(ChannelName.ForQueue(QueueNames.AiResponse)));
    }

    private Task<ErrorCode?> RefuseAsync(ChannelName channel) => _access.CheckAsync(Me, channel, TestContext.Current.CancellationToken);

    private static Conversation? OwnConversation() => new(Mine, null, [], null, OnBusy.Queue, Archived: false, Time.GetUtcNow(), null);

    private User Account() => new(Me, null, "Ada", _role, "free", "en", "jubilee", IsGuest: false, _isDisabled);

    private static T Stub<T>(Func<object?[], object> respond)
        where T : class
    {
        var grain = DispatchProxy.Create<T, StubGrain>();
        ((StubGrain)(object)grain).Respond = respond;
        return grain;
    }

    /// <summary>Returns the result that the test gives for each call.</summary>
    public class StubGrain : DispatchProxy
    {
        public Func<object?[], object>? Respond { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Respond!(args!);
    }
}
