using JubileeVerse.Realtime;

namespace JubileeVerse.Upgrade;

/// <summary>A contract as it was first released.</summary>
[Alias("upgrade.ILetterGrain")]
public interface ILetterGrain : IGrainWithIntegerKey
{
    /// <summary>Gives the letter back, with all that this version can say about it.</summary>
    [Alias("SendAsync")]
    Task<Letter> SendAsync(Letter letter);

    /// <summary>Sends one batch to the gateway.</summary>
    [Alias("TellAsync")]
    Task TellAsync(IGatewayObserver gateway);
}
