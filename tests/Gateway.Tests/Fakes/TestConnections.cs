using System.Diagnostics.Metrics;
using JubileeVerse.Gateway.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.Fakes;

internal static class TestConnections
{
    private static readonly IMeterFactory Meters =
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    /// <summary>Of a gateway to which nobody is connected yet.</summary>
    public static LiveConnections New() => new(Meters);
}
