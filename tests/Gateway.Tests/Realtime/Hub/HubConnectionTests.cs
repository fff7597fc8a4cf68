using System.IO.Pipelines;
using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Hub;
using JubileeVerse.Gateway.Retries;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Hub;

/// <summary>A hub connection and the filter of its commands, over a transport without a remote side.</summary>
public sealed class HubConnectionTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<ChatHubFilter> _logger = new();
    private readonly ServiceProvider _services;
    private readonly DuplexPipe _transport = new();
    private readonly HubConnectionContext _client;
    private readonly HubConnection _connection;
    private readonly ChatHubFilter _filter;

    public HubConnectionTests()
    {
        var (grains, _) = FakeGrains.Create();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddMetrics().AddOptions();
        services.AddSingleton(grains).AddSingleton<TimeProvider>(_time);
        services.AddSingleton(new Random(Seed: 1)).AddSingleton<ISessionStore>(new FakeSessionStore());
        services.AddRealtime();
        services.AddSingleton<HubConnectionFactory>();
        _services = services.BuildServiceProvider();
        var user = CallerClaims.Principal(UserId.New(_time), "key");
        var connection = new DefaultConnectionContext("c-1", _transport, _transport) { User = user };
        connection.Features.Set<IHttpContextFeature>(new WithHttp { HttpContext = new DefaultHttpContext { User = user } });
        _client = new HubConnectionContext(connection, new HubConnectionContextOptions(), NullLoggerFactory.Instance);
        _connection = _services.GetRequiredService<HubConnectionFactory>().Create(_client);
        _filter = new ChatHubFilter(_logger);
    }

    private LiveConnections Connections => _services.GetRequiredService<LiveConnections>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Dispose_CommandRunning_WaitsForItsEnd()
    {
        Assert.True(_connection.TryAcquire());

        _connection.Dispose();
        Assert.Equal(1, Connections.Count().Connections);
        _connection.Release();

        Assert.Equal(0, Connections.Count().Connections);
        Assert.False(_connection.TryAcquire());
    }

    [Fact]
    public void Tick_NothingReceivedFor60Seconds_ClosesAsSilent()
    {
        _time.Advance(TimeSpan.FromSeconds(40));
        _transport.Receive("x"u8);
        var input = _client.Features.Get<Microsoft.AspNetCore.Connections.Features.IConnectionTransportFeature>()!.Transport.Input;
        Assert.True(input.TryRead(out var read));
        input.AdvanceTo(read.Buffer.End);
        _time.Advance(TimeSpan.FromSeconds(40));
        _connection.Tick();
        Assert.Null(_connection.Live.ClosingCode);

        _time.Advance(TimeSpan.FromSeconds(20));
        _connection.Tick();

        Assert.Equal(CloseCodes.Silent, _connection.Live.ClosingCode);
    }

    [Fact]
    public void Renew_TokenOfAnotherSession_AdoptsThatSession()
    {
        var principal = CallerClaims.Principal(_connection.Live.UserId, "another");

        _connection.Renew(new AuthenticationTicket(
            principal,
            new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow() + TimeSpan.FromHours(1) },
            BearerTokenDefaults.AuthenticationScheme));

        Assert.Equal(principal.SessionSubject(), _connection.Live.UserConnection!.Session);
        Assert.NotEqual(_client.User.SessionSubject(), _connection.Live.UserConnection.Session);
    }

    [Fact]
    public async Task InvokeMethodAsync_EachCommand_HasItsOwnRetryBudget()
    {
        RetryBudget.Begin();
        var budgets = new List<RetryBudget> { RetryBudget.Current };

        for (var i = 0; i < 2; i++)
        {
            await InvokeAsync(() =>
            {
                budgets.Add(RetryBudget.Current);
                Assert.Same(budgets[^1], RetryBudget.Current);
                return null;
            });
        }

        Assert.Equal(3, budgets.Distinct().Count());
    }

    [Fact]
    public async Task InvokeMethodAsync_CallerError_ReturnsItsCodeAndLogsNothing()
    {
        var refused = await Assert.ThrowsAsync<HubException>(() => InvokeAsync(() => throw JubileeException.NotFound("reply")));

        Assert.Equal("not-found: No such reply.", refused.Message);
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Fact]
    public async Task InvokeMethodAsync_UnexpectedException_IsLoggedAndHidesItsMessage()
    {
        var refused = await Assert.ThrowsAsync<HubException>(() => InvokeAsync(() => throw new InvalidOperationException("secret")));

        Assert.Equal("internal: Internal server error.", refused.Message);
        Assert.IsType<InvalidOperationException>(_logger.LatestRecord.Exception);
    }

    [Fact]
    public async Task InvokeMethodAsync_ClusterUnavailable_ReturnsARetryDelay()
    {
        var refused = await Assert.ThrowsAsync<HubException>(() => InvokeAsync(() => throw new TimeoutException()));

        Assert.Equal("unavailable: The service is temporarily unavailable. Try again in 2000 ms.", refused.Message);
    }

    [Fact]
    public async Task InvokeMethodAsync_ConnectionDisposed_IsRefusedAndNotRun()
    {
        _connection.Dispose();

        await Assert.ThrowsAsync<HubException>(() => InvokeAsync(() => throw new InvalidOperationException("It was run.")));

        Assert.Equal(0, _logger.Collector.Count);
    }

    private async Task InvokeAsync(Func<object?> command)
    {
        using var hub = new EmptyHub();
        var method = typeof(EmptyHub).GetMethod(nameof(EmptyHub.Run))!;
        var invocation = new HubInvocationContext(new Caller(_client), _services, hub, method, []);
        await _filter.InvokeMethodAsync(invocation, _ => ValueTask.FromResult(command()));
    }

    private sealed class EmptyHub : Microsoft.AspNetCore.SignalR.Hub
    {
        public void Run()
        {
        }
    }

    private sealed class WithHttp : IHttpContextFeature
    {
        public HttpContext? HttpContext { get; set; }
    }

    private sealed class Caller(HubConnectionContext client) : HubCallerContext
    {
        public override string ConnectionId => client.ConnectionId;

        public override string? UserIdentifier => client.UserIdentifier;

        public override ClaimsPrincipal? User => client.User;

        public override IDictionary<object, object?> Items => client.Items;

        public override IFeatureCollection Features => client.Features;

        public override CancellationToken ConnectionAborted => client.ConnectionAborted;

        public override void Abort() => client.Abort();
    }

    private sealed class DuplexPipe : IDuplexPipe
    {
        private readonly Pipe _in = new();
        private readonly Pipe _out = new();

        public PipeReader Input => _in.Reader;

        public PipeWriter Output => _out.Writer;

        public void Receive(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_in.Writer.GetSpan(bytes.Length));
            _in.Writer.Advance(bytes.Length);
            Assert.True(_in.Writer.FlushAsync().AsTask().IsCompletedSuccessfully);
        }
    }
}
