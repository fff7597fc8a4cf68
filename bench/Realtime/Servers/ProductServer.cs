using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Realtime.Connections;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>A silo and a gateway, with a dedicated Redis and PostgreSQL.</summary>
internal sealed class ProductServer : IRealtimeServer
{
    private const string AdminEmail = "admin@example.org";
    private const string AdminPassword = "Correct-Horse-1";
    private const int MaxParallelSignIns = 32;

    private readonly ClusterUnderTest _cluster;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromMinutes(1) };
    private ClusterMember _gateway;
    private string? _admin;

    private ProductServer(ClusterUnderTest cluster)
    {
        _cluster = cluster;
        _gateway = cluster.Gateways.Single();
    }

    public string Name => "JubileeVerse";

    public Uri Address => _gateway.Address;

    public int ProcessId => _gateway.ProcessId;

    public ClientProtocol Protocol { get; } = new HubClientProtocol();

    public static async Task<ProductServer> StartAsync(StampedModel model, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>
        {
            ["Limits:Enabled"] = "false",
            ["Admin:Email"] = AdminEmail,
            ["Admin:Password"] = AdminPassword,
            ["Ai:Providers:0:Type"] = "openai",
            ["Ai:Providers:0:Endpoint"] = model.Endpoint,
            ["Ai:Providers:0:Model"] = "stamped",
            ["Ai:Timeouts:Total"] = "00:10:00",
            ["Queues:AiResponse:ConcurrencyPerSilo"] = "10000",
            ["Queues:AiResponse:StartsPerSecond"] = "1000000",
        };
        return new ProductServer(await ClusterUnderTest.StartAsync(1, 1, settings, cancellationToken));
    }

    /// <summary>Starts a new gateway and uses it for later connections.</summary>
    public async Task UseFreshGatewayAsync(CancellationToken cancellationToken) =>
        _gateway = await _cluster.StartOneAsync(ClusterMemberKind.Gateway, cancellationToken);

    /// <summary>Stops the gateway by SIGTERM like an orchestrator. Returns the exit code when the process has exited.</summary>
    public async Task<int> StopGatewayAsync(CancellationToken cancellationToken) =>
        (await _cluster.SignalAsync(_gateway, ClusterSignal.Term, cancellationToken))!.Value;

    public async Task<IReadOnlyList<Visitor>> SignInVisitorsAsync(int count, CancellationToken cancellationToken)
    {
        var visitors = new Visitor[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelSignIns, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (i, token) =>
            visitors[i] = new Visitor(await SignInAsync("guest", new { }, token)));
        return visitors;
    }

    public Task CollectAsync(CancellationToken cancellationToken) => GarbageCollection.ForceAsync(ProcessId, cancellationToken);

    public async Task BroadcastAsync(string text, CancellationToken cancellationToken)
    {
        _admin ??= await SignInAsync("login", new { email = AdminEmail, password = AdminPassword }, cancellationToken);
        using var response = await SendAsync("/api/admin/broadcast", new { message = text }, _admin, cancellationToken);
    }

    public async Task<Visitor> FollowAsync(RawConnection link, Visitor visitor, CancellationToken cancellationToken)
    {
        var request = new { personas = new[] { "jubilee" } };
        using var response = await SendAsync("/api/conversations", request, visitor.Cookie, cancellationToken);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var topic = body.GetProperty("conversation").GetProperty("id").GetString()!;
        var call = $$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":[[{"channel":"conversation:{{topic}}"}]]}""";
        await link.SendAsync(Encoding.UTF8.GetBytes(call + '\u001e'), cancellationToken);
        return visitor with { Topic = topic };
    }

    public async Task PostAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            $"/api/conversations/{visitor.Topic}/messages", new { content = "What would you plant?" }, visitor.Cookie, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
    }

    private async Task<string> SignInAsync(string how, object body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync($"/api/auth/{how}", body, null, cancellationToken);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<HttpResponseMessage> SendAsync(string path, object body, string? cookie, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = JsonContent.Create(body) };
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        var response = await _http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? response
            : throw new InvalidOperationException(
                $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
