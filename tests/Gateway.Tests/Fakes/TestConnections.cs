using System.Diagnostics.Metrics;
using JubileeVerse.Gateway.Realtime.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.Fakes;

internal static class TestConnections
{
    private static readonly IMeterFactory Meters =
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    /// <summary>The connections of a gateway without any client.</summary>
    public static LiveConnections New() => new(Meters);
}
