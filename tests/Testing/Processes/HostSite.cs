namespace JubileeVerse.Testing.Processes;

/// <summary>
/// A place where a host is installed: a working directory of its own, with its data, and its settings. Processes come and go there,
/// one at a time; what one has stored the next one finds. Ended and removed at dispose.
/// </summary>
public abstract class HostSite(HostProgram program) : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("jubileeverse-site-").FullName;
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private HostProcess? _process;

    /// <summary>
    /// A setting below <c>JubileeVerse</c>, with colons: <c>Ai:Builtin:PieceDelayMs</c>. It holds from the next start on; null takes it away.
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

    /// <summary>Any other variable of the environment, for the next start.</summary>
    public void SetEnvironment(string variable, string value) => _environment[variable] = value;

    /// <summary>Where the process that runs now, or ran last, listens. Another one with each start.</summary>
    public Uri Address => (_process ?? throw new InvalidOperationException("Nothing has been started here.")).Address;

    public HostProcess Process => _process ?? throw new InvalidOperationException("Nothing has been started here.");

    /// <summary>What all processes printed so far.</summary>
    public ProcessOutput Output { get; } = new();

    /// <summary>Starts a process and waits until it is ready.</summary>
    public async Task<HostProcess> StartAsync(CancellationToken cancellationToken)
    {
        var process = Launch();
        await process.UntilReadyAsync(cancellationToken);
        return process;
    }

    /// <summary>Starts a process and waits for nothing.</summary>
    public HostProcess Launch()
    {
        if (_process is { HasExited: false })
            throw new InvalidOperationException("The process before it still runs; two must not share their data.");
        _process?.Dispose();
        _process = new HostProcess(program, _directory, _environment, Output);
        return _process;
    }

    /// <summary>Kills what runs, with no chance to say anything, and starts again over the same data.</summary>
    public async Task KillAndStartAgainAsync(CancellationToken cancellationToken)
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
