using JubileeVerse.Queues.Configuration;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Queues.Configuration;

/// <summary>The options of every queue, as a test sets them.</summary>
internal sealed class TestQueueOptions : IOptionsMonitor<QueueOptions>
{
    /// <summary>Null means that the configured values are invalid.</summary>
    public QueueOptions? Valid { get; set; }

    public QueueOptions CurrentValue => Get(Options.DefaultName);

    public QueueOptions Get(string? name) =>
        Valid ?? throw new OptionsValidationException(name ?? "", typeof(QueueOptions), ["Out of range."]);

    public IDisposable? OnChange(Action<QueueOptions, string?> listener) => null;
}
