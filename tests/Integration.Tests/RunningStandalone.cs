using JubileeVerse.Testing.Http;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests;

/// <summary>One process for all tests of a class, which generates replies without delay and has no limits.</summary>
public class RunningStandalone : IAsyncLifetime
{
    private readonly StandaloneSite _site = new();

    protected virtual string PieceDelayMs => "0";

    public async ValueTask InitializeAsync()
    {
        _site["Limits:Enabled"] = "false";
        _site["Ai:Builtin:PieceDelayMs"] = PieceDelayMs;
        await _site.StartAsync(CancellationToken.None);
    }

    /// <summary>A client without a session.</summary>
    public ApiClient CreateAnonymousClient() => new(() => _site.Address);

    public Task<ApiClient> SignInAsync() => ApiClient.SignInAsGuestAsync(() => _site.Address, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _site.DisposeAsync();
    }
}
