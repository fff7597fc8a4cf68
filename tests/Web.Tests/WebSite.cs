using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Web.Tests;

/// <summary>One server process for all tests. Its replies are slow enough to be interrupted.</summary>
public sealed class WebSite : IAsyncLifetime
{
    private readonly StandaloneSite _site = new();

    public Uri Address => _site.Address;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Missing is not null)
            return;
        _site["Limits:Enabled"] = "false";
        _site["Ai:Builtin:PieceDelayMs"] = "100";
        await _site.StartAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
