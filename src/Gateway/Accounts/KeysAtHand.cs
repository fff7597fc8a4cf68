using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>
/// Lets a gateway start only when it has the keys that protect cookies: without them it would take every session for a forged one
/// and sign everybody out. From then on they are in memory, and an outage of Redis does not touch them.
/// </summary>
internal sealed partial class KeysAtHand(IDataProtectionProvider protection, TimeProvider time, ILogger<KeysAtHand> logger) : IHostedService
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var protector = protection.CreateProtector(nameof(KeysAtHand));
        while (!AreThere(protector))
            await Task.Delay(RetryPeriod, time, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool AreThere(IDataProtector protector)
    {
        try
        {
            protector.Protect([0]);
            return true;
        }
        catch (CryptographicException exception)
        {
            LogNotThere(exception.GetBaseException().Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys that protect sessions cannot be read, so the start waits: {Reason}")]
    private partial void LogNotThere(string reason);
}
