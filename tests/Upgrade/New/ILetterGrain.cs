using JubileeVerse.Realtime;

namespace JubileeVerse.Upgrade;

/// <summary>The same contract one version later: with one method more.</summary>
[Alias("upgrade.ILetterGrain")]
public interface ILetterGrain : IGrainWithIntegerKey
{
    [Alias("SendAsync")]
    Task<Letter> SendAsync(Letter letter);

    [Alias("TellAsync")]
    Task TellAsync(IGatewayObserver gateway);

    /// <summary>Added.</summary>
    [Alias("CountAsync")]
    Task<int> CountAsync();
}
