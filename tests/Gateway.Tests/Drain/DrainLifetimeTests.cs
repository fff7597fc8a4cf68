using System.Runtime.InteropServices;
using JubileeVerse.ServiceDefaults.Drain;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Drain;

public sealed class DrainLifetimeTests : IDisposable
{
    private readonly ProcessSignals _signals = new();
    private readonly FakeStep _first = new("first");
    private readonly FakeStep _second = new("second");
    private readonly ServiceProvider _services;

    public DrainLifetimeTests() =>
        _services = new ServiceCollection().AddSingleton<IDrainStep>(_first).AddSingleton<IDrainStep>(_second).BuildServiceProvider();

    public void Dispose()
    {
        _services.Dispose();
        _signals.Dispose();
    }

    [Fact]
    public async Task Signal_Steps_RunInOrderAndTheHostStopsAfterThem()
    {
        using var host = new FakeHostLifetime(isStarted: true);
        using var state = new DrainState(host);
        using var lifetime = await ListenAsync(state, host);
        Signal();
        await _first.Begun;

        Assert.True(state.IsDraining);
        Assert.False(_second.HasBegun);
        _first.End();
        await _second.Begun;
        Assert.False(host.IsStopping);
        _second.End();
        await host.Stopped;
        Assert.False(_first.WasHurried || _second.WasHurried);
    }

    [Fact]
    public async Task Signal_AStepFails_TheRestRuns()
    {
        using var host = new FakeHostLifetime(isStarted: true);
        using var state = new DrainState(host);
        using var lifetime = await ListenAsync(state, host);
        Signal();
        _first.Fail();
        await _second.Begun;
        _second.End();

        await host.Stopped;
    }

    [Fact]
    public async Task Signal_ASecondOne_HurriesEachStep()
    {
        using var host = new FakeHostLifetime(isStarted: true);
        using var state = new DrainState(host);
        using var lifetime = await ListenAsync(state, host);
        Signal();
        await _first.Begun;
        Signal();

        await host.Stopped;
        Assert.True(_first.WasHurried);
        Assert.True(_second.WasHurried);
    }

    [Fact]
    public async Task Signal_WhileStarting_StopsWithoutSteps()
    {
        using var host = new FakeHostLifetime(isStarted: false);
        using var state = new DrainState(host);
        using var lifetime = await ListenAsync(state, host);
        Signal();

        await host.Stopped;
        Assert.True(state.IsDraining);
        Assert.False(_first.HasBegun || _second.HasBegun);
    }

    [Fact]
    public void Stop_OfAProgram_BeginsTheDrain()
    {
        using var host = new FakeHostLifetime(isStarted: true);
        using var state = new DrainState(host);
        Assert.False(state.IsDraining);
        host.StopApplication();

        Assert.True(state.IsDraining);
        Assert.True(state.Draining.IsCancellationRequested);
    }

    private void Signal() => _signals.OnSignal(new PosixSignalContext(PosixSignal.SIGTERM));

    private async Task<DrainLifetime> ListenAsync(DrainState state, FakeHostLifetime host)
    {
        var lifetime = new DrainLifetime(_signals, state, _services, host, new FakeTimeProvider(), NullLogger<DrainLifetime>.Instance);
        await lifetime.WaitForStartAsync(TestContext.Current.CancellationToken);
        return lifetime;
    }
}
