using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Realtime.Connections;

public sealed class ClientConnectionTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services =
        new ServiceCollection().AddMetrics().AddSingleton<LiveConnections>().BuildServiceProvider();

    private readonly ConnectionPump _pump = new(new ReconnectDelays(new FixedRandom(0)), NullLogger<ConnectionPump>.Instance);
    private readonly FakeConnection _connection;

    public ClientConnectionTests()
    {
        var connection = _services.GetRequiredService<LiveConnections>().Add(UserId.New(_time), Token);
        _connection = new FakeConnection(connection, _pump, _time);
        _connection.Start();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _connection.Dispose();
        _pump.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Pulse_ManyTimesWhileAWriteIsStalled_CausesOneMoreWriteWithEverything()
    {
        await _pump.StartAsync(Token);
        _connection.Enqueue("a");
        await _connection.NextWriteAsync();
        foreach (var text in new[] { "b", "c", "d" })
            _connection.Enqueue(text);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), _connection.StalledFor);

        _connection.Release();

        Assert.Equal(["b", "c", "d"], await _connection.NextWriteAsync());
        _connection.Release();
        await _pump.StopAsync(Token);
        Assert.Equal(2, _connection.Writes);
    }

    [Fact]
    public async Task Close_WithPendingFrames_SendsClosingAndEnds()
    {
        _connection.Live.Close(CloseCodes.Drain);
        _connection.Enqueue("a");
        await _pump.StartAsync(Token);

        Assert.Equal(["closing"], await _connection.NextWriteAsync());
        _connection.Release();

        Assert.Equal(CloseCodes.Drain, await _connection.Ended.WaitAsync(Token));
        Assert.False(_connection.WasReset);
        await _pump.StopAsync(Token);
    }

    /// <summary>The code comes after the last frame has been read, while its write is pending: the client has everything.</summary>
    [Fact]
    public async Task Close_WhileTheLastFrameIsWritten_EndsWithoutClosing()
    {
        _connection.EnqueueLast("end");
        await _pump.StartAsync(Token);
        Assert.Equal(["end"], await _connection.NextWriteAsync());

        _connection.Live.Close(CloseCodes.Drain);
        _connection.Release();

        Assert.Null(await _connection.Ended.WaitAsync(Token));
        Assert.False(_connection.WasReset);
        await _pump.StopAsync(Token);
        Assert.Equal(1, _connection.Writes);
    }

    [Fact]
    public async Task Abort_WriteStalled_ResetsWithoutAnotherWrite()
    {
        await _pump.StartAsync(Token);
        _connection.Enqueue("a");
        await _connection.NextWriteAsync();

        _connection.Abort(CloseCodes.Slow);
        _connection.Enqueue("b");
        _connection.Release();

        Assert.True(_connection.WasReset);
        Assert.Equal(CloseCodes.Slow, _connection.Live.ClosingCode);
        await _pump.StopAsync(Token);
        Assert.Equal(1, _connection.Writes);
    }
}
