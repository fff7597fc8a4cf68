using JubileeVerse.ServiceDefaults;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;

namespace JubileeVerse.Silo.Membership;

/// <summary>
/// Looks whether this silo is still in the membership. Where Redis has lost its rows, running silos go on among themselves and notice
/// nothing, while one that starts finds an empty table and makes a cluster of its own: the same conversation would live in both.
/// So a silo without a row takes no traffic, and after a while ends, to be started anew and join whatever there is then.
/// </summary>
internal sealed partial class MembershipWatchdog(
    IMembershipTable table,
    ILocalSiloDetails silo,
    OwnRow row,
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
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo leaves.
        }
    }

    internal async Task LookAsync(CancellationToken stoppingToken)
    {
        await RecordAsync(stoppingToken);
        if (exit.Code == 0 && row.MissingFor >= options.Value.RowMissingLimit)
            exit.StopWithFault($"This silo has had no row in the membership of {options.Value.ClusterId} for {options.Value.RowMissingLimit}.");
    }

    private async Task RecordAsync(CancellationToken stoppingToken)
    {
        try
        {
            var isPresent = await IsPresentAsync(stoppingToken);
            if (!row.Record(isPresent))
                return;
            if (isPresent)
                LogBack(options.Value.ClusterId);
            else
                LogMissing(silo.SiloAddress, options.Value.ClusterId, options.Value.RowMissingLimit);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Redis is away, which Orleans tells at length; whether the row is there is seen when it is back.
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
            // Redis has answered, and there is no table at all. (One that cannot be reached throws another exception.)
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message =
        "The row of {Silo} is missing from the membership of {ClusterId}: Redis has lost it. Silos that start now cannot see this one and make a cluster of "
        + "their own, so it is not ready any more, and stops in {Limit} unless the row comes back. Start the silos anew; see that Redis keeps what it is given "
        + "(appendonly yes, maxmemory-policy noeviction) and that nobody flushes it.")]
    private partial void LogMissing(SiloAddress silo, string clusterId, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This silo is in the membership of {ClusterId} again.")]
    private partial void LogBack(string clusterId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The membership cannot be read: {Reason}")]
    private partial void LogUnreadable(string reason);
}
