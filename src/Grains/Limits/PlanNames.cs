namespace JubileeVerse.Limits;

/// <summary>The plans that are there without being configured.</summary>
internal static class PlanNames
{
    public const string Free = "free";
    public const string Premium = "premium";
}
