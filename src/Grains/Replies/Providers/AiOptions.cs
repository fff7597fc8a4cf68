namespace JubileeVerse.Replies.Providers;

/// <summary>Section <c>JubileeVerse:Ai</c>: what makes the answers.</summary>
public sealed class AiOptions
{
    /// <summary>In order of preference; a later one is asked when an earlier one failed before its first word. None: <c>builtin</c>.</summary>
    public List<AiProviderOptions> Providers { get; set; } = [];

    public AiBuiltinOptions Builtin { get; set; } = new();

    public AiTimeoutOptions Timeouts { get; set; } = new();

    public AiBreakerOptions Breaker { get; set; } = new();

    /// <summary>
    /// Longest time that a provider's limit (429) may hold the queue, whatever its <c>Retry-After</c> says.
    /// 1 s to 15 min; default 1 min.
    /// </summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait after a 429 without <c>Retry-After</c>. 100 ms to 15 min; default 5 s.</summary>
    public TimeSpan DefaultRetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>UTF-16 code units after which an answer is ended. 1,000 to 100,000; default 32,000.</summary>
    public int MaxAnswerLength { get; set; } = 32_000;
}
