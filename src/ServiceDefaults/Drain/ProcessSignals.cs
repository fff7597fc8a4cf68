using System.Runtime.InteropServices;

namespace JubileeVerse.ServiceDefaults.Drain;

/// <summary>
/// The signals that ask this process to stop, from the first line of the program on: what comes while the host is still being built would
/// otherwise kill the process, and is kept for it here.
/// </summary>
public sealed class ProcessSignals : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];

    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Action? _handler;
    private int _kept;

    public ProcessSignals() => _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    /// <summary>Calls <paramref name="handler"/> for each signal that was kept, and for each that comes until <see cref="Detach"/>.</summary>
    public void Attach(Action handler)
    {
        lock (_gate)
        {
            _handler = handler;
            for (; _kept > 0; _kept--)
                handler();
        }
    }

    /// <summary>Whoever handled signals is going, and so is the process: more of them change nothing.</summary>
    public void Detach()
    {
        lock (_gate)
            _handler = null;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    internal void OnSignal(PosixSignalContext context)
    {
        // Without this the runtime ends the process when the handler returns.
        context.Cancel = true;
        lock (_gate)
        {
            if (_handler is null)
                _kept++;
            else
                _handler();
        }
    }
}
