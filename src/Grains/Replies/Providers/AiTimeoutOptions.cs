namespace JubileeVerse.Replies.Providers;

/// <summary>Section <c>JubileeVerse:Ai:Timeouts</c>: the timeouts of a call to a provider. Each 10 ms to 1 h.</summary>
public sealed class AiTimeoutOptions
{
    /// <summary>Time until the connection is established. Default 10 s.</summary>
    public TimeSpan Connect { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time until the first text. Default 30 s.</summary>
    public TimeSpan FirstToken { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two updates after the first text. Default 20 s.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Time until the end of the reply. At least <see cref="FirstToken"/>; default 120 s.</summary>
    public TimeSpan Total { get; set; } = TimeSpan.FromSeconds(120);
}
