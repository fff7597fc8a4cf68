namespace JubileeVerse.Limits;

/// <summary>The limits of one user. Section <c>JubileeVerse:Limits</c>; the gateway binds further keys of the same section.</summary>
public sealed class LimitsOptions
{
    /// <summary>False disables all limits except the one on failed sign-ins, which protects accounts and not capacity.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Messages of one user in any minute, 1 to 10,000.</summary>
    public int MessagesPerMinute { get; set; } = 30;

    /// <summary>Failed sign-ins of one account in any <see cref="SignInFailureWindow"/> before sign-in is locked, 1 to 1,000.</summary>
    public int SignInFailures { get; set; } = 10;

    /// <summary>The window of <see cref="SignInFailures"/>, 1 min to 1 day.</summary>
    public TimeSpan SignInFailureWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Plans by name. <c>free</c> is the plan of a new user and replaces a plan that is no longer configured.</summary>
    public Dictionary<string, PlanOptions> Plans { get; set; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [PlanNames.Free] = new PlanOptions(),
        [PlanNames.Premium] = new PlanOptions { Priority = 1, Weight = 3, OpenReplies = 20 },
    };

    internal PlanOptions GetPlan(string name) => Plans.TryGetValue(name, out var plan) ? plan : Plans[PlanNames.Free];
}
