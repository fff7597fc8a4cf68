using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using JubileeVerse.Bench.Realtime.Connections;
using JubileeVerse.Testing.Processes;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>The peer: Socket.IO 4 as two Node processes, one with the sockets and one emitter, connected by the Redis adapter.</summary>
internal sealed class SocketIoServer : IRealtimeServer
{
    private const string Script = "socketio.mjs";
    private const string Ready = "ready ";

    private readonly RedisServer _redis;
    private readonly Process _sockets;
    private readonly Process _emitter;
    private readonly Uri _emitterAddress;
    private readonly string _modelEndpoint;
    private readonly HttpClient _http = new();
    private int _rooms;

    private SocketIoServer(
        RedisServer redis,
        string folder,
        (Process Process, Uri Address, string Versions) sockets,
        (Process Process, Uri Address, string Versions) emitter,
        string modelEndpoint)
    {
        _redis = redis;
        _sockets = sockets.Process;
        _emitter = emitter.Process;
        _emitterAddress = emitter.Address;
        _modelEndpoint = modelEndpoint;
        Address = sockets.Address;
        Name = $"Socket.IO {VersionOf(folder, "socket.io")}";
        Versions = $"Socket.IO {VersionOf(folder, "socket.io")} with @socket.io/redis-adapter "
            + $"{VersionOf(folder, "@socket.io/redis-adapter")} and redis {VersionOf(folder, "redis")}, on {sockets.Versions}";
    }

    public string Name { get; }

    public string Versions { get; }

    public Uri Address { get; }

    public int ProcessId => _sockets.Id;

    public ClientProtocol Protocol { get; } = new SocketIoClientProtocol();

    public static async Task<SocketIoServer> StartAsync(string folder, StampedModel model, CancellationToken cancellationToken)
    {
        var redis = new RedisServer();
        await redis.StartAsync(cancellationToken);
        var sockets = await StartAsync(folder, "sockets", redis, cancellationToken);
        var emitter = await StartAsync(folder, "emitter", redis, cancellationToken);
        return new SocketIoServer(redis, folder, sockets, emitter, model.Endpoint);
    }

    public Task<IReadOnlyList<Visitor>> SignInVisitorsAsync(int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Visitor>>([.. Enumerable.Repeat(new Visitor(null), count)]);

    public Task CollectAsync(CancellationToken cancellationToken) => SendCommandAsync(Address, "collect", new { }, cancellationToken);

    public Task BroadcastAsync(string text, CancellationToken cancellationToken) =>
        SendCommandAsync(_emitterAddress, "broadcast", new { message = text }, cancellationToken);

    public async Task<Visitor> FollowAsync(RawConnection link, Visitor visitor, CancellationToken cancellationToken)
    {
        var room = $"room-{Interlocked.Increment(ref _rooms).ToString(CultureInfo.InvariantCulture)}";
        await link.SendAsync(Encoding.UTF8.GetBytes($"""42["join","{room}"]"""), cancellationToken);
        return visitor with { Topic = room };
    }

    public Task PostAsync(Visitor visitor, CancellationToken cancellationToken) =>
        SendCommandAsync(_emitterAddress, "ask", new { room = visitor.Topic, model = _modelEndpoint }, cancellationToken);

    /// <summary>
    /// Measures frames per second between the processes at maximum rate, to rooms with a member but without a socket in the other process.
    /// </summary>
    public async Task<double> FramesPerSecondAsync(int frames, int rooms, CancellationToken cancellationToken)
    {
        await SendCommandAsync(Address, "count", new { frames, rooms }, cancellationToken);
        var began = await SendCommandAsync(_emitterAddress, "flood", new { frames, rooms }, cancellationToken);
        var ended = await SendCommandAsync(Address, "counted", new { }, cancellationToken);
        var ns = ended.GetProperty("ns").GetInt64() - began.GetProperty("ns").GetInt64();
        return frames / (ns / 1e9);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var process in new[] { _emitter, _sockets })
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await _redis.DisposeAsync();
    }

    private static async Task<(Process Process, Uri Address, string Versions)> StartAsync(
        string folder, string role, RedisServer redis, CancellationToken cancellationToken)
    {
        var port = LoopbackPort.Free();
        var start = new ProcessStartInfo("node", ["--expose-gc", Script, role, $"{port}", redis.ConnectionString])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment = { ["NODE_ENV"] = "production" },
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return line?.StartsWith(Ready, StringComparison.Ordinal) == true
            ? (process, new Uri($"http://127.0.0.1:{port}"), line[Ready.Length..])
            : throw new InvalidOperationException($"Unexpected output of {Script} {role}: {line}");
    }

    private static string VersionOf(string folder, string package)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "node_modules", package, "package.json")));
        return file.RootElement.GetProperty("version").GetString()!;
    }

    private async Task<JsonElement> SendCommandAsync(Uri address, string command, object body, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(address, $"/{command}"), body, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
