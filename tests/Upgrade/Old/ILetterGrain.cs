using JubileeVerse.Realtime;

namespace JubileeVerse.Upgrade;

/// <summary>A contract as first released.</summary>
[Alias("upgrade.ILetterGrain")]
public interface ILetterGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the letter with everything that this version knows about it.</summary>
    [Alias("SendAsync")]
    Task<Letter> SendAsync(Letter letter);

    /// <summary>Sends one batch to the gateway.</summary>
    [Alias("TellAsync")]
    Task SendBatchAsync(IGatewayObserver gateway);
}
