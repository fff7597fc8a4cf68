using System.Globalization;

namespace JubileeVerse.Testing.Processes;

/// <summary>
/// A cluster of real processes with its own Redis, PostgreSQL and folder. All processes end at dispose, and also when the process that
/// started the cluster is killed.
/// </summary>
public sealed class ClusterSite : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ClusterMember> _members = [];

    private ClusterSite()
    {
    }

    /// <summary>
    /// The folder of data and logs. Other users can enter its parent, because PostgreSQL runs as another user when this process runs as
    /// root.
    /// </summary>
    public string Directory { get; } = Path.Combine(Path.GetTempPath(), $"jubileeverse-cluster-{Path.GetRandomFileName()}");

    /// <summary>One entry for each name: the process that runs or ran last.</summary>
    public IReadOnlyList<ClusterMember> Members
    {
        get
        {
            lock (_lock)
                return [.. _members];
        }
    }

    public IReadOnlyList<ClusterMember> Silos => Of(ClusterMemberKind.Silo);

    public IReadOnlyList<ClusterMember> Gateways => Of(ClusterMemberKind.Gateway);

    /// <summary>As <c>JubileeVerse:Redis:ConnectionString</c> takes it.</summary>
    public string RedisConnectionString => Of(ClusterMemberKind.Redis).Single().Address.Authority;

    /// <summary>As <c>JubileeVerse:Storage:ConnectionString</c> takes it.</summary>
    public string PostgreSqlConnectionString
    {
        get
        {
            var address = Of(ClusterMemberKind.PostgreSql).Single().Address;
            return string.Create(
                CultureInfo.InvariantCulture, $"Host={address.Host};Port={address.Port};Username=jubileeverse;Database=jubileeverse");
        }
    }

    /// <summary>Starts the cluster from the build output and waits until all members are ready.</summary>
    /// <param name="silos">1 to 16.</param>
    /// <param name="gateways">1 to 16.</param>
    /// <param name="settings">Keys below <c>JubileeVerse</c>, with colons: <c>Ai:Builtin:PieceDelayMs</c>.</param>
    /// <param name="cancellationToken">Cancels the start; nothing is left behind.</param>
    public static async Task<ClusterSite> StartAsync(
        int silos, int gateways, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var site = new ClusterSite();
        var result = await site.RunAsync(
            settings,
            cancellationToken,
            "start",
            "--silos", silos.ToString(CultureInfo.InvariantCulture),
            "--gateways", gateways.ToString(CultureInfo.InvariantCulture),
            "--no-build",
            "--configuration", ClusterScript.Configuration,
            "--owner", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        site.Take(result.ShouldSucceed());
        return site;
    }

    /// <summary>
    /// Starts one more member, or restarts one that is down, with the settings of the start plus these; waits until it is ready.
    /// </summary>
    public async Task<ClusterMember> StartOneAsync(
        ClusterMemberKind kind, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? settings = null)
    {
        var result = await RunAsync(settings, cancellationToken, "start-one", ClusterMember.WordOf(kind));
        return Take(result.ShouldSucceed()).Single();
    }

    /// <summary>
    /// Sends a signal. For <see cref="ClusterSignal.Term"/> and <see cref="ClusterSignal.Kill"/> it returns when the process has exited.
    /// </summary>
    /// <param name="budget">The maximum duration of a graceful shutdown, in whole seconds; a longer one is an error.</param>
    /// <returns>The exit code after <see cref="ClusterSignal.Term"/>; else null.</returns>
    public async Task<int?> SignalAsync(
        ClusterMember member, ClusterSignal signal, CancellationToken cancellationToken, TimeSpan? budget = null)
    {
        List<string> arguments = ["kill", ClusterMember.WordOf(member.Kind), member.Number.ToString(CultureInfo.InvariantCulture)];
        arguments.AddRange(["--signal", signal.ToString().ToUpperInvariant()]);
        if (budget is { } time)
            arguments.AddRange(["--wait", ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture)]);
        var result = (await RunAsync(null, cancellationToken, [.. arguments])).ShouldSucceed();
        if (signal != ClusterSignal.Term)
            return null;

        // "silo 1 pid 4711 exit 0 after 2.3 s"
        var words = result.Output[^1].Split(' ');
        return int.Parse(words[Array.IndexOf(words, "exit") + 1], CultureInfo.InvariantCulture);
    }

    public async Task<IReadOnlyList<ClusterMemberStatus>> StatusAsync(CancellationToken cancellationToken)
    {
        var result = await RunAsync(null, cancellationToken, "status");
        return [.. result.Output.Select(ClusterMemberStatus.Parse).OfType<ClusterMemberStatus>()];
    }

    /// <summary>Runs a command of the script on this cluster.</summary>
    public Task<ScriptResult> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(null, cancellationToken, arguments);

    /// <summary>The last lines that the processes with this name printed.</summary>
    public string LogTail(ClusterMember member, int lines)
    {
        var path = Path.Combine(Directory, "logs", $"{ClusterMember.WordOf(member.Kind)}-{member.Number}.log");
        return File.Exists(path) ? string.Join('\n', File.ReadLines(path).TakeLast(lines)) : "";
    }

    public async ValueTask DisposeAsync() => (await RunAsync(null, CancellationToken.None, "stop", "--now", "--remove")).ShouldSucceed();

    private IReadOnlyList<ClusterMember> Of(ClusterMemberKind kind) => [.. Members.Where(member => member.Kind == kind)];

    private List<ClusterMember> Take(ScriptResult result)
    {
        var started = result.Output.Select(ClusterMember.Parse).OfType<ClusterMember>().ToList();
        lock (_lock)
        {
            foreach (var member in started)
            {
                _members.RemoveAll(other => other.Name == member.Name);
                _members.Add(member);
            }

            _members.Sort((a, b) => (a.Kind, a.Number).CompareTo((b.Kind, b.Number)));
        }

        return started;
    }

    private Task<ScriptResult> RunAsync(
        IReadOnlyDictionary<string, string>? settings, CancellationToken cancellationToken, params string[] arguments) =>
        ClusterScript.RunAsync(
            settings?.ToDictionary(
                setting => $"JubileeVerse__{setting.Key.Replace(":", "__", StringComparison.Ordinal)}", setting => setting.Value),
            [.. arguments, "--data", Directory],
            cancellationToken);
}
