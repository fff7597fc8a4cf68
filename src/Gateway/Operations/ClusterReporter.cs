using System.Collections.Immutable;
using System.Text.Json;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Operations;

/// <summary>
/// Asks the membership, the silos, the queues and the gateways side by side, each with a limit: the page is looked at when something is
/// wrong, so whoever does not answer must not keep it from being shown.
/// </summary>
internal sealed partial class ClusterReporter(IGrainFactory grains, TimeProvider time, ILogger<ClusterReporter> logger)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private IManagementGrain Management => grains.GetGrain<IManagementGrain>(0);

    public async Task<ClusterAnswer> ReportAsync(CancellationToken cancellationToken)
    {
        var silos = SilosAsync(cancellationToken);
        var gateways = AskAsync(
            "the directory of gateways", token => grains.GetGrain<IGatewayDirectory>(0).ListAsync(token), cancellationToken);
        var activations = AskAsync("the activations", token => Management.GetSimpleGrainStatistics(token), cancellationToken);
        return new ClusterAnswer(
            await silos,
            await gateways is { IsDefault: false } registered ? [.. registered.Select(GatewayAnswer.Of)] : null,
            (await activations)?.GroupBy(type => NameOf(type.GrainType)).ToImmutableSortedDictionary(
                type => type.Key, type => type.Sum(silo => silo.ActivationCount), StringComparer.Ordinal));
    }

    private async Task<ImmutableArray<SiloAnswer>?> SilosAsync(CancellationToken cancellationToken)
    {
        var workers = WorkersAsync(cancellationToken);
        if (await AskAsync("the membership", token => Management.GetDetailedHosts(onlyActive: false, token), cancellationToken) is not { } members)
            return null;

        var byAddress = (await workers).ToLookup(worker => worker.Worker.Worker, worker => worker);
        var silos = await Task.WhenAll(members
            .Where(member => member.Status != SiloStatus.Dead)
            .Select(member => SiloAsync(member, byAddress, cancellationToken)));
        return [.. silos.OrderBy(silo => silo.Name, StringComparer.Ordinal)];
    }

    private async Task<SiloAnswer> SiloAsync(
        MembershipEntry member, ILookup<string, (string Queue, QueueWorker Worker)> workers, CancellationToken cancellationToken)
    {
        var address = member.SiloAddress.ToParsableString();
        var figures = (await AskAsync(address, token => Management.GetRuntimeStatistics([member.SiloAddress], token), cancellationToken))?.SingleOrDefault();
        return new SiloAnswer(
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
        var names = await AskAsync("the queues", token => grains.GetGrain<IQueueQueries>(0).NamesAsync(token), cancellationToken);
        var workers = await Task.WhenAll((names.IsDefault ? [] : names).Select(async name => (
            Queue: name,
            Workers: await AskAsync(name, token => grains.GetGrain<IQueueGrain>(name).WorkersAsync(token), cancellationToken))));
        return [.. workers.Where(queue => !queue.Workers.IsDefault).SelectMany(queue => queue.Workers.Select(worker => (queue.Queue, worker)))];
    }

    /// <summary>The default where there is no answer in time.</summary>
    private async Task<T?> AskAsync<T>(string whom, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Limit, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await ask(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogSilent(whom, exception.Message);
            return default;
        }
    }

    /// <summary>The class, without namespace and assembly.</summary>
    private static string NameOf(string grainType) => grainType.Split(',')[0].Split('.')[^1];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The page of the cluster lacks {Whom}: {Reason}")]
    private partial void LogSilent(string whom, string reason);
}
