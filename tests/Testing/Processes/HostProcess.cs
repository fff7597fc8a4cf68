using System.Diagnostics;

namespace JubileeVerse.Testing.Processes;

/// <summary>One real process of a host, started as a user would start it.</summary>
public sealed class HostProcess : IDisposable
{
    /// <summary>Long, because many processes may start at once on few cores; a test that reaches it has failed in any case.</summary>
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadyPeriod = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly ProcessOutput _output;
    private readonly string _readyPath;

    internal HostProcess(HostProgram program, string directory, IReadOnlyDictionary<string, string> environment, ProcessOutput output)
    {
        _output = output;
        _readyPath = program.ReadyPath;
        Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { program.FileName, "--urls", Address.GetLeftPart(UriPartial.Authority) },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Resident memory, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The processor time of all threads so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>
    /// Returns when the readiness check passes. Throws an exception with the output when the process exits or is not ready in time.
    /// </summary>
    public async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ReadyDeadline);
        using var http = new HttpClient { BaseAddress = Address };
        using var timer = new PeriodicTimer(ReadyPeriod);
        try
        {
            while (!await IsReadyAsync(http, deadline.Token))
            {
                if (HasExited)
                    throw new InvalidOperationException(
                        $"The process ended with {_process.ExitCode} before it was ready:\n{_output.Tail(60)}");
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The process was not ready after {ReadyDeadline}:\n{_output.Tail(60)}");
        }
    }

    /// <summary>Sends SIGKILL, which ends the process without any cleanup.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (!HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Sends SIGTERM, as an orchestrator does first, and returns the exit code.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellationToken)
    {
        if (!UnixSignal.Send(_process.Id, UnixSignal.Terminate))
            throw new InvalidOperationException($"The signal could not be sent to {_process.Id}.");
        return await UntilExitAsync(cancellationToken);
    }

    /// <summary>Waits until the process exits and returns the exit code.</summary>
    public async Task<int> UntilExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(_readyPath, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // The process does not listen yet.
            return false;
        }
    }
}
