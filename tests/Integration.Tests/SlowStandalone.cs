namespace JubileeVerse.Integration.Tests;

/// <summary>Answers so slowly that a reader can leave and come back in the middle.</summary>
public sealed class SlowStandalone : RunningStandalone
{
    protected override string PieceDelayMs => "60";
}
