using System.Text.Json;
using System.Threading.Channels;
using MessagePack;
using MessagePack.Resolvers;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Hub;

/// <summary>A hub connection over SignalR's own client, in JSON or MessagePack.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubClient(HubConnection connection)
    {
        _connection = connection;
        // The hub sends an array of frames in one argument; each frame is queued on its own.
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

    /// <summary>The exception that ended the connection; null for a regular end.</summary>
    public Task<Exception?> Closed => _closed.Task.WaitAsync(Cancellation);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="client">Its cookies are sent; null when a token is used.</param>
    /// <param name="packed">True for MessagePack, false for JSON.</param>
    /// <param name="token">A bearer token; null when the cookie is used.</param>
    public static async Task<HubClient> ConnectAsync(Uri address, GatewayClient? client, bool packed = false, string? token = null)
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

        var person = new HubClient(builder.Build());
        await person._connection.StartAsync(Cancellation);
        return person;
    }

    public Task<JsonElement> InvokeAsync(string method, params object?[] arguments) =>
        _connection.InvokeCoreAsync<JsonElement>(method, arguments, Cancellation);

    public Task InvokeVoidAsync(string method, params object?[] arguments) =>
        _connection.InvokeCoreAsync(method, arguments, Cancellation);

    /// <summary>Invokes a command that must be rejected; returns the error code, its text, and the method that it names.</summary>
    public async Task<(string Code, string Text, string Method)> InvokeRejectedAsync(string method, params object?[] arguments)
    {
        var error = await Assert.ThrowsAsync<HubException>(() => InvokeAsync(method, arguments));
        const string mark = "HubException: ";
        var begin = error.Message.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(begin >= 0, $"No code in: {error.Message}");
        var parts = error.Message[(begin + mark.Length)..].Split(": ", 2);
        return (parts[0], parts[1], error.Message.Split('\'')[1]);
    }

    /// <summary>Subscribes to one channel, which must succeed.</summary>
    public async Task<JsonElement> SubscribeAsync(string channel, string? epoch = null, long? offset = null)
    {
        var result = (await InvokeAsync("Subscribe", [new[] { new { channel, epoch, offset } }]))[0];
        Assert.True(result.GetProperty("error").ValueKind == JsonValueKind.Null, result.ToString());
        return result;
    }

    public async Task<JsonElement> NextAsync() => await _frames.Reader.ReadAsync(Cancellation);

    /// <summary>All frames up to and including the first of this type.</summary>
    public async Task<List<JsonElement>> UntilAsync(string type)
    {
        var frames = new List<JsonElement>();
        do
            frames.Add(await NextAsync());
        while (TypeOf(frames[^1]) != type);
        return frames;
    }

    /// <summary>The received frames that were not read yet.</summary>
    public List<JsonElement> ReadPending()
    {
        var frames = new List<JsonElement>();
        while (_frames.Reader.TryRead(out var frame))
            frames.Add(frame);
        return frames;
    }

    public static string? TypeOf(JsonElement frame) => frame.GetProperty("type").GetString();

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
