using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests;

/// <summary>Tests with a site of their own: they kill and restart what runs there.</summary>
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

    /// <summary>So slow that a process can be ended in the middle of an answer.</summary>
    protected void AnswerSlowly() => Site["Ai:Builtin:PieceDelayMs"] = "60";

    protected void AnswerAtOnce() => Site["Ai:Builtin:PieceDelayMs"] = "0";

    protected Task<ApiClient> SignInAsync() => ApiClient.SignInAsGuestAsync(() => Site.Address, Deadline);
}
