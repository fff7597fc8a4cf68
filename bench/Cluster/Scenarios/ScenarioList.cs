using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Scenarios;

/// <summary>All scenarios, in the order in which they are run.</summary>
internal static class ScenarioList
{
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ServerDown = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario.Baseline,
        new("kill-queue-silo", "`kill -9` the silo that holds the queue", TimeSpan.FromSeconds(30), KillQueueSiloAsync),
        new("kill-silo", "`kill -9` another silo", TimeSpan.FromSeconds(30), KillOtherSiloAsync),
        new("freeze-silo", "SIGSTOP the queue's silo for 60 s, then SIGCONT", TimeSpan.FromSeconds(20), FreezeSiloAsync),
        new("term-silo", "SIGTERM the queue's silo", TimeSpan.FromSeconds(10), TerminateSiloAsync),
        new("kill-gateway", "`kill -9` a gateway", TimeSpan.FromSeconds(20), KillGatewayAsync),
        new("term-gateway", "SIGTERM a gateway", TimeSpan.FromSeconds(10), TerminateGatewayAsync),
        new("roll", "rolling restart of every process", TimeSpan.FromSeconds(15), RollAsync),
        new("redis-down", "Redis stopped for 20 s", TimeSpan.FromSeconds(20), RedisDownAsync),
        new("postgresql-restart", "PostgreSQL restarted", TimeSpan.FromSeconds(25), PostgreSqlRestartAsync),
        new("kill-all-silos", "all silos killed and restarted", TimeSpan.FromSeconds(20), KillAllSilosAsync),
    ];

    private static async Task KillQueueSiloAsync(ScenarioContext stage, CancellationToken cancellationToken) =>
        await SignalAsync(stage, await QueueSiloAsync(stage, cancellationToken), ClusterSignal.Kill, cancellationToken);

    private static async Task KillOtherSiloAsync(ScenarioContext stage, CancellationToken cancellationToken)
    {
        var queue = await QueueSiloAsync(stage, cancellationToken);
        await SignalAsync(stage, stage.Cluster.Silos.First(silo => silo.Number != queue.Number), ClusterSignal.Kill, cancellationToken);
    }

    private static async Task FreezeSiloAsync(ScenarioContext stage, CancellationToken cancellationToken)
    {
        var silo = await QueueSiloAsync(stage, cancellationToken);
        await SignalAsync(stage, silo, ClusterSignal.Stop, cancellationToken);
        await ScenarioContext.WaitAsync(Frozen, cancellationToken);
        await SignalAsync(stage, silo, ClusterSignal.Cont, cancellationToken);
    }

    private static async Task TerminateSiloAsync(ScenarioContext stage, CancellationToken cancellationToken) =>
        await TerminateAsync(stage, await QueueSiloAsync(stage, cancellationToken), cancellationToken);

    private static Task KillGatewayAsync(ScenarioContext stage, CancellationToken cancellationToken) =>
        SignalAsync(stage, stage.Cluster.Gateways[0], ClusterSignal.Kill, cancellationToken);

    private static Task TerminateGatewayAsync(ScenarioContext stage, CancellationToken cancellationToken) =>
        TerminateAsync(stage, stage.Cluster.Gateways[0], cancellationToken);

    private static async Task RollAsync(ScenarioContext stage, CancellationToken cancellationToken)
    {
        foreach (var member in stage.Cluster.Silos.Concat(stage.Cluster.Gateways).ToList())
        {
            await TerminateAsync(stage, member, cancellationToken);
            await StartAsync(stage, member.Kind, cancellationToken);
        }
    }

    private static async Task RedisDownAsync(ScenarioContext stage, CancellationToken cancellationToken)
    {
        await SignalAsync(stage, stage.Cluster.Redis, ClusterSignal.Term, cancellationToken);
        await ScenarioContext.WaitAsync(ServerDown, cancellationToken);
        await StartAsync(stage, ClusterMemberKind.Redis, cancellationToken);
    }

    private static async Task PostgreSqlRestartAsync(ScenarioContext stage, CancellationToken cancellationToken)
    {
        await SignalAsync(stage, stage.Cluster.PostgreSql, ClusterSignal.Kill, cancellationToken);
        await StartAsync(stage, ClusterMemberKind.PostgreSql, cancellationToken);
    }

    private static async Task KillAllSilosAsync(ScenarioContext stage, CancellationToken cancellationToken)
    {
        var silos = stage.Cluster.Silos.ToList();
        foreach (var silo in silos)
            await SignalAsync(stage, silo, ClusterSignal.Kill, cancellationToken);
        foreach (var silo in silos)
            await StartAsync(stage, silo.Kind, cancellationToken);
    }

    /// <summary>Terminates a member. The duration of the stop is only in the notes, because results use the clock of the users.</summary>
    private static async Task TerminateAsync(ScenarioContext stage, ClusterMember member, CancellationToken cancellationToken)
    {
        stage.MarkFailure();
        stage.Note($"{member.Name}: {ClusterSignal.Term}");
        var exitCode = await stage.Cluster.SignalAsync(member, ClusterSignal.Term, cancellationToken);
        stage.Note($"{member.Name}: ended with {exitCode}");
    }

    private static async Task SignalAsync(
        ScenarioContext stage, ClusterMember member, ClusterSignal signal, CancellationToken cancellationToken)
    {
        stage.MarkFailure();
        stage.Note($"{member.Name}: {signal}");
        await stage.Cluster.SignalAsync(member, signal, cancellationToken);
    }

    private static async Task StartAsync(ScenarioContext stage, ClusterMemberKind kind, CancellationToken cancellationToken)
    {
        var member = await stage.Cluster.StartOneAsync(kind, cancellationToken);
        stage.Note($"{member.Name}: ready");
    }

    private static async Task<ClusterMember> QueueSiloAsync(ScenarioContext stage, CancellationToken cancellationToken)
    {
        var silo = await stage.Cluster.QueueSiloAsync(cancellationToken);
        stage.Note($"the queue is on {silo.Name}");
        return silo;
    }
}
