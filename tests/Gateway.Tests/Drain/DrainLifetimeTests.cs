using System.Runtime.InteropServices;
using JubileeVerse.ServiceDefaults.Drain;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Gateway.Tests.Drain;

public sealed class DrainLifetimeTests : IDisposable
{
    private readonly ProcessSignals _signals = new();
    private readonly FakeDrainStep _first = new("first");
    private readonly FakeDrainStep _second = new("second");
    private readonly ServiceProvider _services;

    public DrainLifetimeTests() =>
        _services = new ServiceCollection().AddSingleton<IDrainStep>(_first).AddSingleton<IDrainStep>(_second).BuildServiceProvider();

    public void Dispose()
    {
        _services.Dispose();
        _signals.Dispose();
    }

    [Fact]
    public async Task OnSignal_HostStarted_RunsStepsInOrderThenStopsTheHost()
    {
        using var host = new FakeHostLifetime(isStarted: true);
        using var state = new DrainState(host);
        using var lifetime = await ListenAsync(state, host);
        Signal();
        await _first.Started;

        Assert.True(state.IsDraining);
        Assert.False(_second.HasStarted);
        _first.Complete();
        await _second.Started;
        Assert.False(host.IsStopping);
        _second.Complete();
        await host.Stopped;
        Assert.False(_first.WasCancelled || _second.WasCancelled);
    }

    [Fact]
    public async Task OnSignal_StepFails_RunsTheRemainingSteps()
    {
        using var host = new FakeHostLifetime(isStarted: true);
        using var state = new DrainState(host);
        using var lifetime = await ListenAsync(state, host);
        Signal();
        _first.Fail();
        await _second.Started;
        _second.Complete();

        await host.Stopped;
    }

    [Fact]
    public async Task OnSignal_SecondSignal_CancelsEachStep()
    {
        using var host = new FakeHostLifetime(isStarted: true);
        using var state = new DrainState(host);
        using var lifetime = await ListenAsync(state, host);
        Signal();
        await _first.Started;
        Signal();

        await host.Stopped;
        Assert.True(_first.WasCancelled);
        Assert.True(_second.WasCancelled);
    }

    [Fact]
    public async Task OnSignal_WhileStarting_StopsWithoutSteps()
    {
        using var host = new FakeHostLifetime(isStarted: false);
        using var state = new DrainState(host);
        using var lifetime = await ListenAsync(state, host);
        Signal();

        await host.Stopped;
        Assert.True(state.IsDraining);
        Assert.False(_first.HasStarted || _second.HasStarted);
    }

    [Fact]
    public void StopApplication_NotDraining_BeginsTheDrain()
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
