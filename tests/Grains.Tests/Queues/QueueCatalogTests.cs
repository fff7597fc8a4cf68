using JubileeVerse.Queues.Configuration;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class QueueCatalogTests
{
    [Fact]
    public void OptionsFor_InvalidChange_KeepsTheLastValidOptions()
    {
        var options = new ChangingOptions();
        var catalog = new QueueCatalog([new QueueDefinition("email", queues => queues.Email)], options);
        Assert.Throws<OptionsValidationException>(() => catalog.OptionsFor("email"));

        options.Valid = new QueuesOptions { Email = { ConcurrencyPerSilo = 7 } };
        Assert.Equal(7, catalog.OptionsFor("email").ConcurrencyPerSilo);
        options.Valid = null;

        Assert.Equal(7, catalog.OptionsFor("email").ConcurrencyPerSilo);
    }

    private sealed class ChangingOptions : IOptionsMonitor<QueuesOptions>
    {
        /// <summary>Null means that the configured values are invalid.</summary>
        public QueuesOptions? Valid { get; set; }

        public QueuesOptions CurrentValue => Valid ?? throw new OptionsValidationException("", typeof(QueuesOptions), ["Out of range."]);

        public QueuesOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<QueuesOptions, string?> listener) => null;
    }
}
