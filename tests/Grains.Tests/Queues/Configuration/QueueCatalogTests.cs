using JubileeVerse.Queues.Configuration;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Queues.Configuration;

public sealed class QueueCatalogTests
{
    [Fact]
    public void OptionsFor_InvalidChange_KeepsTheLastValidOptions()
    {
        var options = new TestQueueOptions();
        var catalog = new QueueCatalog([new QueueDefinition("test")], options);
        Assert.Throws<OptionsValidationException>(() => catalog.OptionsFor("test"));

        options.Valid = new QueueOptions { ConcurrencyPerSilo = 7 };
        Assert.Equal(7, catalog.OptionsFor("test").ConcurrencyPerSilo);
        options.Valid = null;

        Assert.Equal(7, catalog.OptionsFor("test").ConcurrencyPerSilo);
    }

    [Fact]
    public void OptionsFor_UnregisteredQueue_Throws()
    {
        var catalog = new QueueCatalog([new QueueDefinition("test")], new TestQueueOptions { Valid = new QueueOptions() });

        Assert.Throws<ArgumentOutOfRangeException>(() => catalog.OptionsFor("email"));
        Assert.False(catalog.Contains("email"));
        Assert.Equal(["test"], catalog.Names);
    }
}
