namespace JubileeVerse.Replies.Providers;

/// <summary>Section <c>JubileeVerse:Ai</c>: how replies are generated.</summary>
public sealed class AiOptions
{
    /// <summary>
    /// Providers in order of preference; the next one is called when one fails before its first text. If empty, <c>builtin</c> is used.
    /// </summary>
    public List<AiProviderOptions> Providers { get; set; } = [];

    public AiBuiltinOptions Builtin { get; set; } = new();

    public AiTimeoutOptions Timeouts { get; set; } = new();

    public AiBreakerOptions Breaker { get; set; } = new();

    /// <summary>
    /// Maximum time that a provider's rate limit (429) may pause the queue, whatever its <c>Retry-After</c>.
    /// 1 s to 15 min; default 1 min.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Delay after a 429 without <c>Retry-After</c>. 100 ms to 15 min; default 5 s.</summary>
    public TimeSpan DefaultRetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Maximum length of a reply in UTF-16 code units; a longer one is cut off. 1,000 to 100,000; default 32,000.</summary>
    public int MaxAnswerLength { get; set; } = 32_000;
}
