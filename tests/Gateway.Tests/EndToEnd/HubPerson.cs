using System.Text.Json;
using System.Threading.Channels;
using MessagePack;
using MessagePack.Resolvers;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A person on a link of the hub, with SignalR's own client, in JSON or packed.</summary>
internal sealed class HubPerson : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubPerson(HubConnection connection)
    {
        _connection = connection;
        // Only this argument is read here, each frame on its own.
        connection.On<JsonElement>("Receive", frames =>
        {
            foreach (var frame in frames.EnumerateArray())
                _frames.Writer.TryWrite(frame.Clone());
        });
        connection.Closed += exception =>
        {
            _closed.TrySetResult(exception);
            _frames.Writer.TryComplete();
            return Task.CompletedTask;
        };
    }

    /// <summary>What ended the link; null for a good end.</summary>
    public Task<Exception?> Closed => _closed.Task.WaitAsync(Cancellation);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="address">The server.</param>
    /// <param name="client">Whose cookies are sent; null where there is a token.</param>
    /// <param name="packed">True: MessagePack.</param>
    /// <param name="token">A bearer token; null for the cookie.</param>
    public static async Task<HubPerson> ConnectAsync(Uri address, GatewayClient? client, bool packed = false, string? token = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(address, "/hubs/chat"), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            if (client is not null)
                options.Cookies = client.Cookies;
            if (token is not null)
                options.AccessTokenProvider = () => Task.FromResult<string?>(token);
        });
        if (packed)
        {
            builder.AddMessagePackProtocol(options => options.SerializerOptions = MessagePackSerializerOptions.Standard.WithResolver(
                CompositeResolver.Create([new PackedJsonFormatter()], [ContractlessStandardResolver.Instance])));
        }

        var person = new HubPerson(builder.Build());
        await person._connection.StartAsync(Cancellation);
        return person;
    }

    public Task<JsonElement> InvokeAsync(string method, params object?[] arguments) =>
        _connection.InvokeCoreAsync<JsonElement>(method, arguments, Cancellation);

    public Task DoAsync(string method, params object?[] arguments) =>
        _connection.InvokeCoreAsync(method, arguments, Cancellation);

    /// <summary>The code that the command is refused with, what is said, and of which method.</summary>
    public async Task<(string Code, string Text, string Method)> RefusedAsync(string method, params object?[] arguments)
    {
        var refusal = await Assert.ThrowsAsync<HubException>(() => InvokeAsync(method, arguments));
        const string mark = "HubException: ";
        var begin = refusal.Message.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(begin >= 0, $"No code in: {refusal.Message}");
        var parts = refusal.Message[(begin + mark.Length)..].Split(": ", 2);
        return (parts[0], parts[1], refusal.Message.Split('\'')[1]);
    }

    /// <summary>Subscribes to one channel, which must not be refused.</summary>
    public async Task<JsonElement> SubscribeAsync(string channel, string? epoch = null, long? offset = null)
    {
        var answer = (await InvokeAsync("Subscribe", [new[] { new { channel, epoch, offset } }]))[0];
        Assert.True(answer.GetProperty("error").ValueKind == JsonValueKind.Null, answer.ToString());
        return answer;
    }

    public async Task<JsonElement> NextAsync() => await _frames.Reader.ReadAsync(Cancellation);

    /// <summary>All frames up to the first of this type, and that one.</summary>
    public async Task<List<JsonElement>> UntilAsync(string type)
    {
        var frames = new List<JsonElement>();
        do
            frames.Add(await NextAsync());
        while (TypeOf(frames[^1]) != type);
        return frames;
    }

    /// <summary>What has come and was not looked at.</summary>
    public List<JsonElement> Rest()
    {
        var frames = new List<JsonElement>();
        while (_frames.Reader.TryRead(out var frame))
            frames.Add(frame);
        return frames;
    }

    public static string? TypeOf(JsonElement frame) => frame.GetProperty("type").GetString();

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
