using JubileeVerse.Queues;
using JubileeVerse.Testing.Processes;
using Npgsql;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>A cluster of real processes, with the members that are up.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    private const string ServiceId = "jubileeverse";

    /// <summary>Longer than any process may take to drain.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(90);

    private readonly ClusterSite _site;
    private readonly HashSet<string> _down = [];

    private ClusterUnderTest(ClusterSite site) => (_site, ClusterId) = (site, SiteFolder.ClusterId(site));

    public string ClusterId { get; }

    /// <summary>Members that this benchmark has not stopped.</summary>
    public IReadOnlyList<ClusterMember> Silos => Up(_site.Silos);

    /// <summary>Members that this benchmark has not stopped.</summary>
    public IReadOnlyList<ClusterMember> Gateways => Up(_site.Gateways);

    public ClusterMember Redis => _site.Members.Single(member => member.Kind == ClusterMemberKind.Redis);

    public ClusterMember PostgreSql => _site.Members.Single(member => member.Kind == ClusterMemberKind.PostgreSql);

    public string RedisConnection => _site.RedisConnectionString;

    public static async Task<ClusterUnderTest> StartAsync(
        int silos, int gateways, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken) =>
        new(await ClusterSite.StartAsync(silos, gateways, settings, cancellationToken));

    /// <summary>The addresses of all gateways, including those that are down, because clients must detect that themselves.</summary>
    public IReadOnlyList<Uri> GatewayAddresses() => [.. _site.Gateways.Select(gateway => gateway.Address)];

    /// <returns>The exit code after <see cref="ClusterSignal.Term"/>; otherwise null.</returns>
    public async Task<int?> SignalAsync(ClusterMember member, ClusterSignal signal, CancellationToken cancellationToken)
    {
        var exitCode = await _site.SignalAsync(member, signal, cancellationToken, signal == ClusterSignal.Term ? TerminationTimeout : null);
        if (signal is ClusterSignal.Term or ClusterSignal.Kill)
            _down.Add(member.Name);
        return exitCode;
    }

    public async Task<ClusterMember> StartOneAsync(ClusterMemberKind kind, CancellationToken cancellationToken)
    {
        var member = await _site.StartOneAsync(kind, cancellationToken);
        _down.Remove(member.Name);
        return member;
    }

    /// <summary>Restarts all members that are down.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        foreach (var member in await StatusAsync(cancellationToken))
        {
            if (member.State == ClusterMemberState.Down)
                await StartOneAsync(member.Kind, cancellationToken);
        }
    }

    public Task<IReadOnlyList<ClusterMemberStatus>> StatusAsync(CancellationToken cancellationToken) =>
        _site.StatusAsync(cancellationToken);

    /// <summary>The silo that holds the queue of replies.</summary>
    public async Task<ClusterMember> QueueSiloAsync(CancellationToken cancellationToken)
    {
        await using var view = await ClusterView.ConnectAsync(RedisConnection, ServiceId, ClusterId, cancellationToken);
        var port = await view.QueuePortAsync(QueueNames.AiResponse);
        return Silos.Single(silo => PortOf(silo) == port);
    }

    /// <summary>Sets the number of slots as an operator would.</summary>
    public async Task SetSlotsAsync(int perSilo, CancellationToken cancellationToken)
    {
        await using var view = await ClusterView.ConnectAsync(RedisConnection, ServiceId, ClusterId, cancellationToken);
        await view.SetSlotsAsync(perSilo);
    }

    /// <summary>Number of activations of a grain type by silo.</summary>
    public async Task<IReadOnlyDictionary<int, int>> ActivationsAsync(string grainType, CancellationToken cancellationToken)
    {
        await using var view = await ClusterView.ConnectAsync(RedisConnection, ServiceId, ClusterId, cancellationToken);
        var byPort = await view.ActivationsAsync(grainType);
        return Silos.ToDictionary(silo => silo.Number, silo => byPort.GetValueOrDefault(PortOf(silo)));
    }

    /// <summary>Number of running jobs by silo, according to their leases.</summary>
    public async Task<IReadOnlyDictionary<int, int>> RunningJobsAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_site.PostgreSqlConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "select lease_worker, count(*) from jobs where ended_at is null and lease_worker is not null group by lease_worker",
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var jobs = new Dictionary<int, int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var port = SiloAddress.FromParsableString(reader.GetString(0)).Endpoint.Port;
            foreach (var silo in Silos.Where(silo => PortOf(silo) == port))
                jobs[silo.Number] = (int)reader.GetInt64(1);
        }

        return jobs;
    }

    public void CopyLogs(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var log in Directory.EnumerateFiles(Path.Combine(_site.Directory, "logs")))
            File.Copy(log, Path.Combine(folder, Path.GetFileName(log)), overwrite: true);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private List<ClusterMember> Up(IEnumerable<ClusterMember> members) => [.. members.Where(member => !_down.Contains(member.Name))];

    /// <summary>The port for other silos, which is the second port in the script's file.</summary>
    private int PortOf(ClusterMember silo) => SiteFolder.SiloPort(_site, silo);
}
