using System.IO.Pipelines;
using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Realtime.Hub;
using JubileeVerse.Gateway.Retries;
using JubileeVerse.Gateway.Tests.Fakes;
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

/// <summary>A link of the hub and what its commands go through, on a connection that leads nowhere.</summary>
public sealed class HubLinkTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<ChatFilter> _logger = new();
    private readonly ServiceProvider _services;
    private readonly DuplexPipe _transport = new();
    private readonly HubConnectionContext _client;
    private readonly HubLink _link;
    private readonly ChatFilter _filter;

    public HubLinkTests()
    {
        var (grains, _) = FakeGrains.Create();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddMetrics().AddOptions();
        services.AddSingleton(grains).AddSingleton<TimeProvider>(_time).AddSingleton<ISessionStore>(new FakeSessionStore());
        services.AddRealtime();
        services.AddSingleton<HubLinks>();
        _services = services.BuildServiceProvider();
        var user = CallerClaims.Principal(UserId.New(_time), "key");
        var connection = new DefaultConnectionContext("c-1", _transport, _transport) { User = user };
        connection.Features.Set<IHttpContextFeature>(new WithHttp { HttpContext = new DefaultHttpContext { User = user } });
        _client = new HubConnectionContext(connection, new HubConnectionContextOptions(), NullLoggerFactory.Instance);
        _link = _services.GetRequiredService<HubLinks>().Open(_client);
        _filter = new ChatFilter(_logger);
    }

    private LiveConnections Connections => _services.GetRequiredService<LiveConnections>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Dispose_WhileACommandRuns_WaitsForItsEnd()
    {
        Assert.True(_link.TryHold());

        _link.Dispose();
        Assert.Equal(1, Connections.Count().Connections);
        _link.Release();

        Assert.Equal(0, Connections.Count().Connections);
        Assert.False(_link.TryHold());
    }

    [Fact]
    public void Beat_AfterAMinuteOfSilence_Closes_AndWhateverIsReadIsASignOfLife()
    {
        _time.Advance(TimeSpan.FromSeconds(40));
        _transport.Receive("x"u8);
        var input = _client.Features.Get<Microsoft.AspNetCore.Connections.Features.IConnectionTransportFeature>()!.Transport.Input;
        Assert.True(input.TryRead(out var read));
        input.AdvanceTo(read.Buffer.End);
        _time.Advance(TimeSpan.FromSeconds(40));
        _link.Beat();
        Assert.Null(_link.Connection.ClosingCode);

        _time.Advance(TimeSpan.FromSeconds(20));
        _link.Beat();

        Assert.Equal(CloseCodes.Silent, _link.Connection.ClosingCode);
    }

    [Fact]
    public void Renew_WithATokenOfAnotherSession_BelongsToThatOne()
    {
        var principal = CallerClaims.Principal(_link.Connection.UserId, "another");

        _link.Renew(new AuthenticationTicket(
            principal, new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow() + TimeSpan.FromHours(1) }, BearerTokenDefaults.AuthenticationScheme));

        Assert.Equal(principal.SessionSubject(), _link.Connection.Link!.Session);
        Assert.NotEqual(_client.User.SessionSubject(), _link.Connection.Link.Session);
    }

    [Fact]
    public async Task Invoke_EachCommand_HasABudgetOfItsOwn()
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
    public async Task Invoke_WhatIsNotAllowed_IsToldByItsCode_AndNobodysFault()
    {
        var refused = await Assert.ThrowsAsync<HubException>(() => InvokeAsync(() => throw JubileeException.NotFound("reply")));

        Assert.Equal("not-found: No such reply.", refused.Message);
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Fact]
    public async Task Invoke_OurFault_IsInternalAndLogged_AndItsWordsAreNotTold()
    {
        var refused = await Assert.ThrowsAsync<HubException>(() => InvokeAsync(() => throw new InvalidOperationException("secret")));

        Assert.Equal("internal: Something went wrong on our side.", refused.Message);
        Assert.IsType<InvalidOperationException>(_logger.LatestRecord.Exception);
    }

    [Fact]
    public async Task Invoke_WhileTheClusterIsAway_SaysWhenToTryAgain()
    {
        var refused = await Assert.ThrowsAsync<HubException>(() => InvokeAsync(() => throw new TimeoutException()));

        Assert.Equal("unavailable: The service is not available just now. Try again in 2000 ms.", refused.Message);
    }

    [Fact]
    public async Task Invoke_OnALinkThatIsGone_IsRefusedAndNotRun()
    {
        _link.Dispose();

        await Assert.ThrowsAsync<HubException>(() => InvokeAsync(() => throw new InvalidOperationException("It was run.")));

        Assert.Equal(0, _logger.Collector.Count);
    }

    private async Task InvokeAsync(Func<object?> command)
    {
        using var hub = new SilentHub();
        var invocation = new HubInvocationContext(new Caller(_client), _services, hub, typeof(SilentHub).GetMethod(nameof(SilentHub.Say))!, []);
        await _filter.InvokeMethodAsync(invocation, _ => ValueTask.FromResult(command()));
    }

    private sealed class SilentHub : Microsoft.AspNetCore.SignalR.Hub
    {
        public void Say()
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
            Assert.True(_in.Writer.FlushAsync().IsCompletedSuccessfully);
        }
    }
}
