namespace JubileeVerse.Replies.Providers;

/// <summary>Section <c>JubileeVerse:Ai:Timeouts</c>: how long one call to a provider may take. Each 10 ms to 1 h.</summary>
public sealed class AiTimeoutOptions
{
    /// <summary>Until the connection stands. Default 10 s.</summary>
    public TimeSpan Connect { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Until the first text. Default 30 s.</summary>
    public TimeSpan FirstToken { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two signs of life after the first text. Default 20 s.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Until the answer's end. At least <see cref="FirstToken"/>; default 120 s.</summary>
    public TimeSpan Total { get; set; } = TimeSpan.FromSeconds(120);
}
