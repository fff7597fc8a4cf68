using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace JubileeVerse.Gateway.Sessions.Keys;

/// <summary>
/// Delays startup until the data protection keys have been loaded, because without them the gateway would reject every session cookie as
/// forged and sign all users out. The keys are then cached in memory, so an outage of Redis does not affect them.
/// </summary>
internal sealed partial class DataProtectionKeyCache(
    IDataProtectionProvider protection, TimeProvider time, ILogger<DataProtectionKeyCache> logger) : IHostedService
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var protector = protection.CreateProtector(nameof(DataProtectionKeyCache));
        while (!TryLoad(protector))
            await Task.Delay(RetryPeriod, time, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool TryLoad(IDataProtector protector)
    {
        try
        {
            protector.Protect([0]);
            return true;
        }
        catch (CryptographicException exception)
        {
            LogUnreadable(exception.GetBaseException().Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The data protection keys cannot be read; startup waits for them: {Reason}")]
    private partial void LogUnreadable(string reason);
}
