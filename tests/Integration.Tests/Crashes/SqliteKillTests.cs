namespace JubileeVerse.Integration.Tests.Crashes;

public sealed class SqliteKillTests : KillConformance
{
    /// <summary>Uses the default store, a file below the working directory.</summary>
    protected override Task ConfigureStoreAsync() => Task.CompletedTask;
}
