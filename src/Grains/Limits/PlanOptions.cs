namespace JubileeVerse.Limits;

/// <summary>The limits of a plan. Section <c>JubileeVerse:Limits:Plans:&lt;name&gt;</c>.</summary>
public sealed class PlanOptions
{
    /// <summary>Priority of the jobs of the plan's users, 1 (first) to 10.</summary>
    public int Priority { get; set; } = 5;

    /// <summary>Share of starts, 1 to 100: weight 3 gets three starts for each start of weight 1.</summary>
    public int Weight { get; set; } = 1;

    /// <summary>Maximum number of a user's open replies, 1 to 1,000.</summary>
    public int OpenReplies { get; set; } = 5;
}
