using System.Diagnostics;
using System.Net.Sockets;
using JubileeVerse.Testing.Processes;
using Xunit;

namespace JubileeVerse.Testing.Storage;

/// <summary>
/// A real Redis for one test, on loopback, that syncs every write to disk, so that it loses nothing when it is killed and restarted.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromMilliseconds(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("jubileeverse-redis-").FullName;
    private readonly int _port = LoopbackPort.Free();
    private Process? _process;

    /// <summary>Null when tests can run; else the missing program.</summary>
    public static string? Missing => Program is null ? "No redis-server; install the package redis-server." : null;

    /// <summary>The connection string for a host's configuration.</summary>
    public string ConnectionString => $"127.0.0.1:{_port}";

    private static string? Program => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, "redis-server"))
        .FirstOrDefault(File.Exists);

    /// <summary>Call it first in a test: without the program the test is skipped, or fails under <c>CI=true</c>.</summary>
    public static void SkipWhenMissing()
    {
        if (Missing is null)
            return;
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Missing);
        Assert.Skip(Missing);
    }

    /// <summary>Starts the server and returns when it responds.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Program!) { WorkingDirectory = _directory, RedirectStandardOutput = true };
        foreach (var argument in new[]
        {
            "--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "always",
            "--maxmemory-policy", "noeviction", "--dir", _directory,
        })
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();

        while (!await RespondsAsync(cancellationToken))
        {
            Assert.False(_process.HasExited, "redis-server has ended.");
            await Task.Delay(CheckPeriod, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Kills the server without a graceful shutdown.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> RespondsAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port, cancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var response = new byte[5];
            await stream.ReadExactlyAsync(response, cancellationToken);
            return response.AsSpan().SequenceEqual("+PONG"u8);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
