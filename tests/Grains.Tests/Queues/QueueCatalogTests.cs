using Microsoft.Extensions.Options;

namespace JubileeVerse.Queues;

public sealed class QueueCatalogTests
{
    [Fact]
    public void Of_ChangeThatBreaksARule_IsAsIfItHadNotBeenMade()
    {
        var options = new ChangingOptions();
        var catalog = new QueueCatalog([new QueueDefinition("email", queues => queues.Email)], options);
        Assert.Throws<OptionsValidationException>(() => catalog.Of("email"));

        options.Valid = new QueuesOptions { Email = { ConcurrencyPerSilo = 7 } };
        Assert.Equal(7, catalog.Of("email").ConcurrencyPerSilo);
        options.Valid = null;

        Assert.Equal(7, catalog.Of("email").ConcurrencyPerSilo);
    }

    private sealed class ChangingOptions : IOptionsMonitor<QueuesOptions>
    {
        /// <summary>Null: what is configured breaks a rule.</summary>
        public QueuesOptions? Valid { get; set; }

        public QueuesOptions CurrentValue => Valid ?? throw new OptionsValidationException("", typeof(QueuesOptions), ["Out of range."]);

        public QueuesOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<QueuesOptions, string?> listener) => null;
    }
}
