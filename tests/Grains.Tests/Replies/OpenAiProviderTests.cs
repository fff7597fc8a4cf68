using System.Text.Json;
using JubileeVerse.Replies.Builtin;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Replies;

public sealed class OpenAiProviderTests
{
    private static readonly ReplyRequest Request = new(
        new BuiltinSpeaker("Ada", TestPersonas.Named("Ada").Voice),
        _ => [new ChatMessage(ChatRole.System, "You are Ada."), new ChatMessage(ChatRole.User, "Hello")]);

    private readonly WatchedTimeProvider _time = new();
    private readonly AiOptions _options = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_CompleteStream_ReturnsTextAndUsageAndRequestsAStream()
    {
        await using var stub = await OpenAiStub.StartAsync(OpenAiStub.Stream("Hel", "lo"));
        await using var stream = await Model(stub).StartAsync(Request, Token);

        Assert.Equal("Hel", stream.Piece);
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal("lo", stream.Piece);
        Assert.False(await stream.MoveNextAsync());
        Assert.Equal((11, 4), (stream.Usage?.InputTokenCount, stream.Usage?.OutputTokenCount));

        var body = Assert.Single(stub.Bodies);
        Assert.True(body.GetProperty("stream").GetBoolean());
        Assert.Equal("tiny", body.GetProperty("model").GetString());
        Assert.Equal(
            ["system", "user"],
            body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task Start_Request_ContainsNothingOfTheBuiltinVoice()
    {
        await using var stub = await OpenAiStub.StartAsync(OpenAiStub.Stream("Hello"));
        await using var stream = await Model(stub).StartAsync(Request, Token);

        Assert.DoesNotContain("speaker", JsonSerializer.Serialize(Assert.Single(stub.Bodies)), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task Start_ServerError_IsOneCallAndAFailure(int status)
    {
        await using var stub = await OpenAiStub.StartAsync(OpenAiStub.Status(status));

        await Assert.ThrowsAsync<ProviderFailedException>(() => Model(stub).StartAsync(Request, Token));

        Assert.Single(stub.Bodies);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task Start_RequestRejected_IsOneCallAndARejection(int status)
    {
        await using var stub = await OpenAiStub.StartAsync(OpenAiStub.Status(status));

        var e = await Assert.ThrowsAsync<ProviderRejectedException>(() => Model(stub).StartAsync(Request, Token));

        Assert.Equal($"The provider openai-0 rejected the request with {status}.", e.Message);
        Assert.Single(stub.Bodies);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("86400", 60)]
    [InlineData("Mon, 23 Nov 2026 12:00:09 GMT", 9)]
    [InlineData(null, 5)]
    public async Task Start_TooManyRequests_IsLimitedForABoundedTimeAndNotCalledBefore(string? retryAfter, int expectedSeconds)
    {
        await using var stub = await OpenAiStub.StartAsync(OpenAiStub.Status(429, retryAfter));
        var model = Model(stub);

        var e = await Assert.ThrowsAsync<ProviderLimitedException>(() => model.StartAsync(Request, Token));
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), e.RetryAfter);

        _time.Advance(TimeSpan.FromSeconds(1));
        var again = await Assert.ThrowsAsync<ProviderLimitedException>(() => model.StartAsync(Request, Token));
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds - 1), again.RetryAfter);
        Assert.Single(stub.Bodies);

        _time.Advance(TimeSpan.FromSeconds(expectedSeconds - 1));
        await Assert.ThrowsAsync<ProviderLimitedException>(() => model.StartAsync(Request, Token));
        Assert.Equal(2, stub.Bodies.Count);
    }

    [Fact]
    public async Task Start_QuotaExhausted_IsARejection()
    {
        await using var stub = await OpenAiStub.StartAsync(OpenAiStub.Status(429, code: "insufficient_quota"));

        await Assert.ThrowsAsync<ProviderRejectedException>(() => Model(stub).StartAsync(Request, Token));
    }

    [Fact]
    public async Task MoveNext_ConnectionCut_IsAFailureWithoutASecondCall()
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stub = await OpenAiStub.StartAsync(OpenAiStub.Cut(cut.Task, "Hel", "lo"));
        await using var other = await OpenAiStub.StartAsync(OpenAiStub.Stream("Other"));
        await using var stream = await Model(stub, other).StartAsync(Request, Token);
        Assert.True(await stream.MoveNextAsync());

        cut.SetResult();

        await Assert.ThrowsAsync<ProviderFailedException>(async () => await stream.MoveNextAsync());
        Assert.Single(stub.Bodies);
        Assert.Empty(other.Bodies);
    }

    [Fact]
    public async Task MoveNext_StreamClosedWithoutAFinishReason_IsAFailure()
    {
        await using var stub = await OpenAiStub.StartAsync(OpenAiStub.Close("Hel"));
        await using var stream = await Model(stub).StartAsync(Request, Token);

        await Assert.ThrowsAsync<ProviderFailedException>(async () => await stream.MoveNextAsync());
    }

    [Fact]
    public async Task Start_FirstProviderFails_TheNextRepliesWithOneCallEach()
    {
        await using var broken = await OpenAiStub.StartAsync(OpenAiStub.Status(500));
        await using var stub = await OpenAiStub.StartAsync(OpenAiStub.Stream("Hello"));

        await using var stream = await Model(broken, stub).StartAsync(Request, Token);

        Assert.Equal("Hello", stream.Piece);
        Assert.Equal("openai-1", stream.Model.Name);
        Assert.Equal((1, 1), (broken.Bodies.Count, stub.Bodies.Count));
    }

    [Fact]
    public async Task Start_ConnectionRefused_IsAFailure()
    {
        var stub = await OpenAiStub.StartAsync(context => context.Response.CompleteAsync());
        var model = Model(stub);
        await stub.DisposeAsync();

        await Assert.ThrowsAsync<ProviderFailedException>(() => model.StartAsync(Request, Token));
    }

    private ReplyModel Model(params OpenAiStub[] stubs)
    {
        _options.Providers = [.. stubs.Select(stub => new AiProviderOptions { Type = "openai", Endpoint = stub.Endpoint, Model = "tiny" })];
        var options = Options.Create(_options);
        return new ReplyModel(
            new ConfiguredChatModels(options, _time), options, _time, TestInstruments.Create(), NullLogger<ReplyModel>.Instance);
    }
}
