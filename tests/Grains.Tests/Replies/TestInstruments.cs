using System.Diagnostics.Metrics;
using JubileeVerse.Replies;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Replies;

internal static class TestInstruments
{
    public static ReplyInstruments Create() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
}
