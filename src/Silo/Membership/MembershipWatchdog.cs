using JubileeVerse.ServiceDefaults;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;

namespace JubileeVerse.Silo.Membership;

/// <summary>
/// Checks that this silo is still in the membership. If Redis has lost its rows, running silos continue without noticing, but a starting
/// silo finds an empty table and forms a second cluster, so that the same conversation would be active in both. Therefore a silo without a
/// row is not ready, and stops after a while, so that its supervisor restarts it and it joins the existing cluster.
/// </summary>
internal sealed partial class MembershipWatchdog(
    IMembershipTable table,
    ILocalSiloDetails silo,
    MembershipRow row,
    HostExit exit,
    IOptions<ClusteringOptions> options,
    TimeProvider time,
    ILogger<MembershipWatchdog> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await CheckAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo is stopping.
        }
    }

    internal async Task CheckAsync(CancellationToken stoppingToken)
    {
        await UpdateRowAsync(stoppingToken);
        var limit = options.Value.RowMissingLimit;
        if (exit.Code == 0 && row.MissingFor >= limit)
            exit.StopWithFault($"This silo has had no row in the membership of {options.Value.ClusterId} for {limit}.");
    }

    private async Task UpdateRowAsync(CancellationToken stoppingToken)
    {
        try
        {
            var isPresent = await IsPresentAsync(stoppingToken);
            if (!row.Record(isPresent))
                return;
            if (isPresent)
                LogPresentAgain(options.Value.ClusterId);
            else
                LogMissing(silo.SiloAddress, options.Value.ClusterId, options.Value.RowMissingLimit);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Redis is unavailable, which Orleans logs in detail. The row is checked again when Redis is back.
            LogUnreadable(exception.Message);
        }
    }

    private async Task<bool> IsPresentAsync(CancellationToken stoppingToken)
    {
        try
        {
            return (await table.ReadRowAsync(silo.SiloAddress, stoppingToken)).Members.Count > 0;
        }
        catch (RedisClusteringException)
        {
            // Redis responded, but the table does not exist. An unreachable Redis throws another exception.
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message =
        "The row of silo {Silo} is missing from the membership of {ClusterId}: Redis has lost it. Starting silos cannot see this one and "
        + "form a second cluster, so this silo is no longer ready and stops in {Limit} unless the row returns. Restart the silos, and make "
        + "sure that Redis persists its data (appendonly yes, maxmemory-policy noeviction) and is not flushed.")]
    private partial void LogMissing(SiloAddress silo, string clusterId, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This silo is in the membership of {ClusterId} again.")]
    private partial void LogPresentAgain(string clusterId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The membership could not be read; the check is repeated: {Reason}")]
    private partial void LogUnreadable(string reason);
}
