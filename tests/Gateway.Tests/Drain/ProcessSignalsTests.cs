using System.Runtime.InteropServices;
using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.Gateway.Tests.Drain;

public sealed class ProcessSignalsTests
{
    private int _handled;

    [Fact]
    public void OnSignal_BeforeAttach_IsDeliveredOnAttach()
    {
        using var signals = new ProcessSignals();
        var first = new PosixSignalContext(PosixSignal.SIGTERM);
        signals.OnSignal(first);
        signals.OnSignal(new PosixSignalContext(PosixSignal.SIGINT));

        signals.Attach(() => _handled++);

        Assert.True(first.Cancel);
        Assert.Equal(2, _handled);
    }

    [Fact]
    public void OnSignal_HandlerAttached_CallsItOnce()
    {
        using var signals = new ProcessSignals();
        signals.Attach(() => _handled++);
        var signal = new PosixSignalContext(PosixSignal.SIGTERM);
        signals.OnSignal(signal);

        Assert.True(signal.Cancel);
        Assert.Equal(1, _handled);
    }

    [Fact]
    public void OnSignal_AfterDetach_CallsNoHandler()
    {
        using var signals = new ProcessSignals();
        signals.Attach(() => _handled++);
        signals.Detach();
        var signal = new PosixSignalContext(PosixSignal.SIGTERM);
        signals.OnSignal(signal);

        Assert.True(signal.Cancel);
        Assert.Equal(0, _handled);
    }
}
