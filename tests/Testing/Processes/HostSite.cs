namespace JubileeVerse.Testing.Processes;

/// <summary>
/// An installation of a host with its own working directory, data and settings. It runs one process at a time, and each process finds the
/// data of the previous one. Dispose stops the process and deletes the directory.
/// </summary>
public abstract class HostSite(HostProgram program) : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("jubileeverse-site-").FullName;
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private HostProcess? _process;

    /// <summary>
    /// A setting below <c>JubileeVerse</c>, with colons: <c>Ai:Builtin:PieceDelayMs</c>. It applies from the next start on; null removes
    /// it.
    /// </summary>
    public string? this[string key]
    {
        set
        {
            var variable = $"JubileeVerse__{key.Replace(":", "__", StringComparison.Ordinal)}";
            if (value is null)
                _environment.Remove(variable);
            else
                _environment[variable] = value;
        }
    }

    /// <summary>Sets any other environment variable for the next start.</summary>
    public void SetEnvironment(string variable, string value) => _environment[variable] = value;

    /// <summary>The address of the process that runs or ran last; it changes with each start.</summary>
    public Uri Address => (_process ?? throw new InvalidOperationException("Nothing has been started here.")).Address;

    public HostProcess Process => _process ?? throw new InvalidOperationException("Nothing has been started here.");

    /// <summary>The output of all processes so far.</summary>
    public ProcessOutput Output { get; } = new();

    /// <summary>Starts a process and waits until it is ready.</summary>
    public async Task<HostProcess> StartAsync(CancellationToken cancellationToken)
    {
        var process = Launch();
        await process.UntilReadyAsync(cancellationToken);
        return process;
    }

    /// <summary>Starts a process without waiting until it is ready.</summary>
    public HostProcess Launch()
    {
        if (_process is { HasExited: false })
            throw new InvalidOperationException("The process before it still runs; two must not share their data.");
        _process?.Dispose();
        _process = new HostProcess(program, _directory, _environment, Output);
        return _process;
    }

    /// <summary>Kills the process and starts another one over the same data.</summary>
    public async Task KillAndRestartAsync(CancellationToken cancellationToken)
    {
        await Process.KillAsync(cancellationToken);
        await StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is not null)
        {
            await _process.KillAsync(CancellationToken.None);
            _process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
