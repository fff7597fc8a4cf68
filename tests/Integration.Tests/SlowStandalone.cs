namespace JubileeVerse.Integration.Tests;

/// <summary>A process that generates replies so slowly that a reader can disconnect and resume in the middle of one.</summary>
public sealed class SlowStandalone : RunningStandalone
{
    protected override string PieceDelayMs => "60";
}
