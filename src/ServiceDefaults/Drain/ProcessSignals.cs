using System.Runtime.InteropServices;

namespace JubileeVerse.ServiceDefaults.Drain;

/// <summary>
/// Receives the stop signals of the process from the first line of the program. A signal that arrives while the host is still being built
/// would otherwise kill the process; it is pending here until a handler is attached.
/// </summary>
public sealed class ProcessSignals : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];

    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Action? _handler;
    private int _pendingCount;

    public ProcessSignals() => _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    /// <summary>Calls <paramref name="handler"/> for each pending signal, and for each later one until <see cref="Detach"/>.</summary>
    public void Attach(Action handler)
    {
        lock (_lock)
        {
            _handler = handler;
            for (; _pendingCount > 0; _pendingCount--)
                handler();
        }
    }

    /// <summary>Detaches the handler, because the process is stopping. Later signals have no effect.</summary>
    public void Detach()
    {
        lock (_lock)
            _handler = null;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    internal void OnSignal(PosixSignalContext context)
    {
        // Otherwise the runtime ends the process when the handler returns.
        context.Cancel = true;
        lock (_lock)
        {
            if (_handler is null)
                _pendingCount++;
            else
                _handler();
        }
    }
}
