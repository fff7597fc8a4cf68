using System.Collections.Immutable;
using System.Text.Json;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Operations;

/// <summary>
/// Queries the membership, the silos, the queues and the gateways in parallel, each with a timeout. The cluster page is used when something
/// is wrong, so a component that does not respond must not block the others.
/// </summary>
internal sealed partial class ClusterReporter(IGrainFactory grains, TimeProvider time, ILogger<ClusterReporter> logger)
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private IManagementGrain Management => grains.GetGrain<IManagementGrain>(0);

    public async Task<ClusterResponse> ReportAsync(CancellationToken cancellationToken)
    {
        var silos = SilosAsync(cancellationToken);
        var gateways = QueryAsync(
            "the gateway directory", token => grains.GetGrain<IGatewayDirectoryGrain>(0).ListAsync(token), cancellationToken);
        var activations = QueryAsync("the activation counts", token => Management.GetSimpleGrainStatistics(token), cancellationToken);
        return new ClusterResponse(
            await silos,
            await gateways is { IsDefault: false } registered ? [.. registered.Select(GatewayResponse.From)] : null,
            (await activations)?.GroupBy(type => NameOf(type.GrainType)).ToImmutableSortedDictionary(
                type => type.Key, type => type.Sum(silo => silo.ActivationCount), StringComparer.Ordinal));
    }

    private async Task<ImmutableArray<SiloResponse>?> SilosAsync(CancellationToken cancellationToken)
    {
        var workers = WorkersAsync(cancellationToken);
        var members = await QueryAsync("the membership", token => Management.GetDetailedHosts(onlyActive: false, token), cancellationToken);
        if (members is null)
            return null;

        var byAddress = (await workers).ToLookup(worker => worker.Worker.Worker, worker => worker);
        var silos = await Task.WhenAll(members
            .Where(member => member.Status != SiloStatus.Dead)
            .Select(member => SiloAsync(member, byAddress, cancellationToken)));
        return [.. silos.OrderBy(silo => silo.Name, StringComparer.Ordinal)];
    }

    private async Task<SiloResponse> SiloAsync(
        MembershipEntry member, ILookup<string, (string Queue, QueueWorker Worker)> workers, CancellationToken cancellationToken)
    {
        var address = member.SiloAddress.ToParsableString();
        var statistics = await QueryAsync(
            $"silo {address}", token => Management.GetRuntimeStatistics([member.SiloAddress], token), cancellationToken);
        var figures = statistics?.SingleOrDefault();
        return new SiloResponse(
            member.SiloName,
            address,
            workers[address].Select(worker => worker.Worker.Version).FirstOrDefault(version => version is not null),
            JsonNamingPolicy.CamelCase.ConvertName(member.Status.ToString()),
            new DateTimeOffset(DateTime.SpecifyKind(member.StartTime, DateTimeKind.Utc)),
            figures?.ActivationCount,
            figures is null ? null : Math.Round(figures.EnvironmentStatistics.FilteredCpuUsagePercentage, 1),
            figures?.EnvironmentStatistics.RawMemoryUsageBytes,
            workers[address].ToImmutableSortedDictionary(worker => worker.Queue, worker => worker.Worker.Running, StringComparer.Ordinal),
            workers[address].Sum(worker => worker.Worker.Slots));
    }

    private async Task<(string Queue, QueueWorker Worker)[]> WorkersAsync(CancellationToken cancellationToken)
    {
        var names = await QueryAsync("the queues", token => grains.GetGrain<IQueueQueriesGrain>(0).NamesAsync(token), cancellationToken);
        var workers = await Task.WhenAll((names.IsDefault ? [] : names).Select(async name => (
            Queue: name,
            Workers: await QueryAsync(
                $"queue {name}", token => grains.GetGrain<IQueueGrain>(name).WorkersAsync(token), cancellationToken))));
        return
        [
            .. workers
                .Where(queue => !queue.Workers.IsDefault)
                .SelectMany(queue => queue.Workers.Select(worker => (queue.Queue, worker))),
        ];
    }

    /// <summary>Returns the default value if the query fails or times out.</summary>
    private async Task<T?> QueryAsync<T>(string part, Func<CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await query(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogMissing(part, exception.Message);
            return default;
        }
    }

    /// <summary>The class name without namespace and assembly.</summary>
    private static string NameOf(string grainType) => grainType.Split(',')[0].Split('.')[^1];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster status is reported without {Part}: {Reason}")]
    private partial void LogMissing(string part, string reason);
}
