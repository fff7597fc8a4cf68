using JubileeVerse.Replies.Builtin;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing;
using JubileeVerse.Testing.Replies;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Replies;

public sealed class ReplyModelTests
{
    private static readonly ReplyRequest Request = new(
        new BuiltinSpeaker("Ada", TestPersonas.Named("Ada").Voice), _ => [new ChatMessage(ChatRole.User, "Hello")]);

    private readonly WatchedTimeProvider _time = new();
    private readonly AiOptions _options = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_FirstProviderReplies_TheOtherIsNotCalled()
    {
        var (first, second) = (new ScriptedChatClient("a", "b"), new ScriptedChatClient("c"));

        await using var stream = await Model(first, second).StartAsync(Request, Token);

        Assert.Equal("ab", await RestAsync(stream));
        Assert.Equal(7, stream.Usage?.InputTokenCount);
        Assert.Empty(second.Calls);
    }

    [Fact]
    public async Task Start_FirstFailsBeforeItsFirstText_FallsBackWithOneCallEach()
    {
        var (first, second) = (new ScriptedChatClient("a").FailNext(1), new ScriptedChatClient("c"));

        await using var stream = await Model(first, second).StartAsync(Request, Token);

        Assert.Equal("c", await RestAsync(stream));
        Assert.Equal((1, 1), (first.Calls.Count, second.Calls.Count));
    }

    [Fact]
    public async Task MoveNext_FailsAfterItsFirstText_DoesNotFallBack()
    {
        var (first, second) = (new ScriptedChatClient("a", "b").FailNext(1, afterPieces: 1), new ScriptedChatClient("c"));
        await using var stream = await Model(first, second).StartAsync(Request, Token);

        await Assert.ThrowsAsync<ProviderFailedException>(async () => await stream.MoveNextAsync());

        Assert.Empty(second.Calls);
    }

    [Fact]
    public async Task MoveNext_StreamWithoutAnEnd_IsAFailure()
    {
        await using var stream = await Model(new ScriptedChatClient("a") { HasEnd = false }).StartAsync(Request, Token);

        var e = await Assert.ThrowsAsync<ProviderFailedException>(async () => await stream.MoveNextAsync());

        Assert.Contains("closed the connection before the end", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EmptyStream_IsAFailure() =>
        await Assert.ThrowsAsync<ProviderFailedException>(() => Model(new ScriptedChatClient()).StartAsync(Request, Token));

    [Fact]
    public async Task Start_NoFirstTextInTime_IsAFailure()
    {
        var client = new ScriptedChatClient("a").HangAfter(0);
        var starting = Model(client).StartAsync(Request, Token);
        await client.Hanging.WaitAsync(Token);

        _time.Advance(_options.Timeouts.FirstToken);

        var e = await Assert.ThrowsAsync<ProviderFailedException>(() => starting);
        Assert.Contains("no text within 00:00:30", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoveNext_SilentForTooLong_IsAFailure()
    {
        var client = new ScriptedChatClient("a", "b").HangAfter(1);
        await using var stream = await Model(client).StartAsync(Request, Token);
        var moving = stream.MoveNextAsync().AsTask();
        await _time.WhenArmedAsync(_options.Timeouts.Idle, Token);

        _time.Advance(_options.Timeouts.Idle);

        var e = await Assert.ThrowsAsync<ProviderFailedException>(() => moving);
        Assert.Contains("silent for 00:00:20", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoveNext_TotalTimeOver_IsAFailure()
    {
        _options.Timeouts.Idle = TimeSpan.FromHours(1);
        var client = new ScriptedChatClient("a", "b").HangAfter(1);
        await using var stream = await Model(client).StartAsync(Request, Token);
        var moving = stream.MoveNextAsync().AsTask();
        await _time.WhenArmedAsync(_options.Timeouts.Idle, Token);

        _time.Advance(_options.Timeouts.Total);

        var e = await Assert.ThrowsAsync<ProviderFailedException>(() => moving);
        Assert.Contains("no end within 00:02:00", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoveNext_SlowReader_IsNotASilentProvider()
    {
        await using var stream = await Model(new ScriptedChatClient("a", "b")).StartAsync(Request, Token);

        _time.Advance(_options.Timeouts.Idle * 2);

        Assert.True(await stream.MoveNextAsync());
    }

    [Fact]
    public async Task Start_CallerCancels_ThrowsAndCallsNoOtherProvider()
    {
        var (first, second) = (new ScriptedChatClient("a").HangAfter(0), new ScriptedChatClient("c"));
        using var stop = new CancellationTokenSource();
        var starting = Model(first, second).StartAsync(Request, stop.Token);
        await first.Hanging.WaitAsync(Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.Empty(second.Calls);
    }

    [Fact]
    public async Task Start_ProviderKeepsFailing_OpensTheBreakerAndLaterCallsAgain()
    {
        _options.Breaker.MinimumCalls = 2;
        var client = new ScriptedChatClient("a").FailNext(2);
        var model = Model(client);
        await Assert.ThrowsAsync<ProviderFailedException>(() => model.StartAsync(Request, Token));
        await Assert.ThrowsAsync<ProviderFailedException>(() => model.StartAsync(Request, Token));

        var open = await Assert.ThrowsAsync<ProviderLimitedException>(() => model.StartAsync(Request, Token));
        Assert.Equal(2, client.Calls.Count);
        Assert.InRange(open.RetryAfter, TimeSpan.FromSeconds(1), _options.Breaker.Break);

        _time.Advance(_options.Breaker.Break);
        await using var stream = await model.StartAsync(Request, Token);
        Assert.Equal("a", await RestAsync(stream));
    }

    private static async Task<string> RestAsync(ReplyStream stream)
    {
        var text = "";
        do
        {
            text += stream.Piece;
        }
        while (await stream.MoveNextAsync());
        return text;
    }

    private ReplyModel Model(params ScriptedChatClient[] clients) =>
        new(new ScriptedModels(clients), Options.Create(_options), _time, TestInstruments.Create(), NullLogger<ReplyModel>.Instance);
}
