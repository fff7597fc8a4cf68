namespace JubileeVerse.Limits;

/// <summary>What a plan gives. Section <c>JubileeVerse:Limits:Plans:&lt;name&gt;</c>.</summary>
public sealed class PlanOptions
{
    /// <summary>Rank of its people's jobs, 1 (first) to 10.</summary>
    public int Priority { get; set; } = 5;

    /// <summary>A plan of weight 3 gets three starts for one of weight 1; 1 to 100.</summary>
    public int Weight { get; set; } = 1;

    /// <summary>Replies that a person may have open, 1 to 1,000.</summary>
    public int OpenReplies { get; set; } = 5;
}
