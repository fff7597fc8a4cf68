using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>
/// One cluster of two silos and two gateways for all tests that stop or kill members. The tests run one after another, and each starts with
/// all members up. Replies are generated so slowly that a process can be stopped in the middle of one.
/// </summary>
public sealed class RunningCluster : IAsyncLifetime
{
    private static readonly TimeSpan StatusPeriod = TimeSpan.FromMilliseconds(200);

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Limits:Enabled"] = "false",
        ["Ai:Builtin:PieceDelayMs"] = "60",
        ["Queues:AiResponse:ConcurrencyPerSilo"] = "40",
        ["Queues:Grace"] = "00:00:10",
        // Shorter than a reply, so that streams are closed in the middle of one.
        ["Realtime:DrainDelay"] = "00:00:00.5",
        ["Realtime:DrainWindow"] = "00:00:00.5",
        ["Realtime:DrainReplies"] = "00:00:00",
    };

    private ClusterSite? _site;

    public ClusterSite Site => _site ?? throw new InvalidOperationException("The cluster has not been started.");

    public async ValueTask InitializeAsync()
    {
        if (ClusterScript.Missing is null)
            _site = await ClusterSite.StartAsync(silos: 2, gateways: 2, Settings, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
            await _site.DisposeAsync();
    }

    /// <summary>Starts members that are down, continues suspended ones, and returns when all are ready.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(StatusPeriod);
        while (true)
        {
            var status = await Site.StatusAsync(cancellationToken);
            var down = status.Where(member => member.State == ClusterMemberState.Down).ToList();
            foreach (var stopped in status.Where(member => member.State == ClusterMemberState.Stopped))
                await Site.SignalAsync(MemberOf(stopped), ClusterSignal.Cont, cancellationToken);
            await StartAsync([.. down.Select(member => member.Kind)], cancellationToken);
            if (status.All(member => member is { State: ClusterMemberState.Up, IsReady: true }))
                return;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Starts one member for each entry: the servers first, then the others concurrently, because silos may need each other to start.
    /// </summary>
    public async Task StartAsync(IReadOnlyList<ClusterMemberKind> kinds, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds.Where(kind => kind < ClusterMemberKind.Silo))
            await Site.StartOneAsync(kind, cancellationToken);
        await Task.WhenAll(kinds.Where(kind => kind >= ClusterMemberKind.Silo).Select(kind => Site.StartOneAsync(kind, cancellationToken)));
    }

    private ClusterMember MemberOf(ClusterMemberStatus status) =>
        Site.Members.Single(member => (member.Kind, member.Number) == (status.Kind, status.Number));
}
