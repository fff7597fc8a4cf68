using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.Gateway.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime;

public sealed class LinkTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<LiveConnections>().BuildServiceProvider();
    private readonly LinkPump _pump = new(NullLogger<LinkPump>.Instance);
    private readonly FakeLink _link;

    public LinkTests()
    {
        var connection = _services.GetRequiredService<LiveConnections>().Add(UserId.New(_time), Token);
        _link = new FakeLink(connection, _pump, _time);
        _link.Begin();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _link.Dispose();
        _pump.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Pulse_ManyTimesWhileItsWriteIsStuck_IsOneTurnMoreAndTellsEverything()
    {
        await _pump.StartAsync(Token);
        _link.Tell("a");
        await _link.NextWriteAsync();
        foreach (var text in new[] { "b", "c", "d" })
            _link.Tell(text);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), _link.StalledFor);

        _link.Release();

        Assert.Equal(["b", "c", "d"], await _link.NextWriteAsync());
        _link.Release();
        await _pump.StopAsync(Token);
        Assert.Equal(2, _link.Writes);
    }

    [Fact]
    public async Task Close_WithWordsThatWait_SaysGoodByeAndEnds()
    {
        _link.Connection.Close(CloseCodes.Drain);
        _link.Tell("a");
        await _pump.StartAsync(Token);

        Assert.Equal(["closing"], await _link.NextWriteAsync());
        _link.Release();

        Assert.Equal(CloseCodes.Drain, await _link.Ended.WaitAsync(Token));
        Assert.False(_link.WasCut);
        await _pump.StopAsync(Token);
    }

    [Fact]
    public async Task GiveUp_WhileItsWriteIsStuck_CutsItWithoutAnotherWord()
    {
        await _pump.StartAsync(Token);
        _link.Tell("a");
        await _link.NextWriteAsync();

        _link.GiveUp(CloseCodes.Slow);
        _link.Tell("b");
        _link.Release();

        Assert.True(_link.WasCut);
        Assert.Equal(CloseCodes.Slow, _link.Connection.ClosingCode);
        await _pump.StopAsync(Token);
        Assert.Equal(1, _link.Writes);
    }
}
