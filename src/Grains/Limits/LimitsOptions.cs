namespace JubileeVerse.Limits;

/// <summary>What one person may use. Section <c>JubileeVerse:Limits</c>; the gateway adds keys of its own to the same section.</summary>
public sealed class LimitsOptions
{
    /// <summary>False lets everyone do as much as they like, except for sign-in failures, which are about safety and not about load.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Messages of one person in any minute, 1 to 10,000.</summary>
    public int MessagesPerMinute { get; set; } = 30;

    /// <summary>Failed sign-ins of one account in any <see cref="SignInFailureWindow"/> until it is locked, 1 to 1,000.</summary>
    public int SignInFailures { get; set; } = 10;

    /// <summary>1 min to 1 day.</summary>
    public TimeSpan SignInFailureWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>By name. <c>free</c> is everyone's first plan and stands in for one that is not configured any more.</summary>
    public Dictionary<string, PlanOptions> Plans { get; set; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [PlanNames.Free] = new PlanOptions(),
        [PlanNames.Premium] = new PlanOptions { Priority = 1, Weight = 3, OpenReplies = 20 },
    };

    internal PlanOptions PlanOf(string name) => Plans.TryGetValue(name, out var plan) ? plan : Plans[PlanNames.Free];
}
