using System.Net;
using JubileeVerse.Testing.Processes;
using Npgsql;
using Xunit;

namespace JubileeVerse.Testing.Storage;

/// <summary>
/// A real PostgreSQL for this test assembly, on loopback. It starts when the first test needs it and is removed at the end, also when the
/// tests are killed. fsync stays on, as in production.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private const string ServersRoot = "/usr/lib/postgresql";
    private const string Superuser = "jubileeverse";

    /// <summary>The server does not run as root; its package creates this user.</summary>
    private const string ServerUser = "postgres";

    /// <summary>$1: the directory of its programs; $2: the directory of its data; $3: the superuser; $4: options.</summary>
    private const string Script =
        """
        trap '"$1/pg_ctl" -D "$2" -m immediate -w stop > /dev/null 2>&1; rm -rf "$2"' EXIT
        "$1/initdb" -D "$2" -U "$3" --auth=trust -E UTF8 --no-locale --no-instructions \
          && "$1/pg_ctl" -D "$2" -l "$2/server.log" -w -o "$4" start && echo ready && read -r
        """;

    private readonly string? _programs = FindPrograms();
    private readonly Lazy<int> _port = new(LoopbackPort.Free);
    private readonly Lazy<Task<SupervisedServer>> _server;
    private int _databases;

    public PostgreSqlServer() => _server = new Lazy<Task<SupervisedServer>>(LaunchAsync);

    /// <summary>Null when tests can run; else the missing program.</summary>
    public string? Missing => _programs is null ? $"No PostgreSQL server below {ServersRoot}; install the package postgresql." : null;

    /// <summary>The connection string of the initial database. It is known before the server listens.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = _port.Value,
        Username = Superuser,
        Database = "postgres",
    }.ConnectionString;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Returns when the server accepts connections.</summary>
    public Task StartAsync() => _server.Value;

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await StartAsync();
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false };
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
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }

    private static string? FindPrograms() => Directory.Exists(ServersRoot)
        ? Directory.EnumerateDirectories(ServersRoot)
            .Select(version => Path.Combine(version, "bin"))
            .Where(programs => File.Exists(Path.Combine(programs, "initdb")))
            .MaxBy(programs => int.TryParse(Path.GetFileName(Path.GetDirectoryName(programs)), out var version) ? version : 0)
        : null;

    private Task<SupervisedServer> LaunchAsync() => SupervisedServer.StartAsync(
        Environment.IsPrivilegedProcess ? ServerUser : null,
        Script,
        _programs!,
        Path.Combine(Path.GetTempPath(), $"jubileeverse-pg-{Path.GetRandomFileName()}"),
        Superuser,
        $"-p {_port.Value} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300");
}
