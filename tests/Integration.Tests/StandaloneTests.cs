using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests;

/// <summary>Tests with their own site, whose process they kill and restart.</summary>
public abstract class StandaloneTests : BoundedTests, IAsyncDisposable
{
    private const int LinesShown = 150;

    protected StandaloneTests() => Site["Limits:Enabled"] = "false";

    protected StandaloneSite Site { get; } = new();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            TestContext.Current.TestOutputHelper?.WriteLine(Site.Output.Tail(LinesShown));
        await Site.DisposeAsync();
        Dispose();
    }

    /// <summary>Makes replies so slow that a process can be stopped in the middle of one.</summary>
    protected void ReplySlowly() => Site["Ai:Builtin:PieceDelayMs"] = "60";

    protected void ReplyWithoutDelay() => Site["Ai:Builtin:PieceDelayMs"] = "0";

    protected Task<ApiClient> SignInAsync() => ApiClient.SignInAsGuestAsync(() => Site.Address, Deadline);
}
