namespace JubileeVerse.Limits;

/// <summary>The names of the default plans.</summary>
internal static class PlanNames
{
    public const string Free = "free";
    public const string Premium = "premium";
}
