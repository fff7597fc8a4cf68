using System.Net;
using JubileeVerse.Testing.Processes;
using Npgsql;
using Xunit;

namespace JubileeVerse.Testing.Storage;

/// <summary>
/// A real PostgreSQL of this test assembly's own, on loopback, started when the first test asks for it, removed at the end.
/// fsync stays on: what is tested is what runs.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private const string ServersRoot = "/usr/lib/postgresql";
    private const string Superuser = "jubileeverse";

    /// <summary>The server refuses to run as root; the package brings this user.</summary>
    private const string ServerUser = "postgres";

    private readonly string? _programs = FindPrograms();
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"jubileeverse-pg-{Path.GetRandomFileName()}");
    private readonly Lazy<Task<int>> _port;
    private int _databases;

    public PostgreSqlServer() => _port = new Lazy<Task<int>>(StartAsync);

    /// <summary>Null where tests can run; else what is missing.</summary>
    public string? Missing => _programs is null ? $"No PostgreSQL server below {ServersRoot}; install the package postgresql." : null;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>An empty database; answers with its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = IPAddress.Loopback.ToString(),
            Port = await _port.Value,
            Username = Superuser,
            Database = "postgres",
            Pooling = false,
        };
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using (var connection = new NpgsqlConnection(builder.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"create database {name}", connection);
            await command.ExecuteNonQueryAsync();
        }

        builder.Database = name;
        builder.Pooling = true;
        return builder.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_port.IsValueCreated)
            return;
        try
        {
            await _port.Value;
            await RunAsync("pg_ctl", "-D", _directory, "-m", "immediate", "-w", "stop");
        }
        finally
        {
            if (Directory.Exists(_directory))
                Directory.Delete(_directory, recursive: true);
        }
    }

    private static string? FindPrograms() => Directory.Exists(ServersRoot)
        ? Directory.EnumerateDirectories(ServersRoot)
            .Select(version => Path.Combine(version, "bin"))
            .Where(programs => File.Exists(Path.Combine(programs, "initdb")))
            .MaxBy(programs => int.TryParse(Path.GetFileName(Path.GetDirectoryName(programs)), out var version) ? version : 0)
        : null;

    private async Task<int> StartAsync()
    {
        var port = LoopbackPort.Free();
        await RunAsync("initdb", "-D", _directory, "-U", Superuser, "--auth=trust", "-E", "UTF8", "--no-locale", "--no-instructions");
        await RunAsync(
            "pg_ctl", "-D", _directory, "-l", Path.Combine(_directory, "server.log"), "-w",
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300", "start");
        return port;
    }

    private Task RunAsync(string program, params string[] arguments) =>
        ServerProgram.RunAsync(Environment.IsPrivilegedProcess ? ServerUser : null, Path.Combine(_programs!, program), arguments);
}
