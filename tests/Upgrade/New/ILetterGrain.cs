using JubileeVerse.Realtime;

namespace JubileeVerse.Upgrade;

/// <summary>The same contract one version later, with one more method.</summary>
[Alias("upgrade.ILetterGrain")]
public interface ILetterGrain : IGrainWithIntegerKey
{
    [Alias("SendAsync")]
    Task<Letter> SendAsync(Letter letter);

    [Alias("TellAsync")]
    Task SendBatchAsync(IGatewayObserver gateway);

    /// <summary>Added.</summary>
    [Alias("CountAsync")]
    Task<int> CountAsync();
}
