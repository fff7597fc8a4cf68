using System.Collections.Concurrent;
using JubileeVerse.Grains.Tests.Queues.Workers;
using JubileeVerse.Operations;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Queues.Configuration;

public sealed class AddQueueTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void AddQueue_SectionOfItsName_OverridesTheDefaultsOfTheQueue()
    {
        using var services = Services(
            services => services.AddQueue<ScriptedProcessor>(
                "night-shift-2", queue => (queue.Priority, queue.Deadline) = (9, TimeSpan.FromHours(1))),
            ("Queues:NightShift2:Attempts", "7"),
            ("Queues:NightShift2:Priority", "8"));

        var options = services.GetRequiredService<QueueCatalog>().OptionsFor("night-shift-2");

        Assert.Equal(
            (7, 8, TimeSpan.FromHours(1), 50), (options.Attempts, options.Priority, options.Deadline, options.StartsPerSecond));
    }

    [Fact]
    public void AddQueue_SeveralQueues_HaveTheirOwnOptions()
    {
        using var services = Services(
            services => services.AddQueue<ScriptedProcessor>("first").AddQueue<ScriptedProcessor>("second", queue => queue.Attempts = 2),
            ("Queues:First:MaxOpen", "5"));
        var catalog = services.GetRequiredService<QueueCatalog>();

        Assert.Equal(["first", "second"], catalog.Names);
        Assert.Equal((3, 5), (catalog.OptionsFor("first").Attempts, catalog.OptionsFor("first").MaxOpen));
        Assert.Equal((2, 100_000), (catalog.OptionsFor("second").Attempts, catalog.OptionsFor("second").MaxOpen));
    }

    [Fact]
    public void AddQueue_OptionsOutOfRange_ReportsAllFaultsByTheirKeysAtStart()
    {
        using var services = Services(
            services => services.AddQueue<ScriptedProcessor>("first").AddQueue<ScriptedProcessor>("second"),
            ("Queues:First:Attempts", "0"),
            ("Queues:First:Priority", "11"),
            ("Queues:Second:Attempts", "21"),
            ("Queues:Grace", "1.00:00:00"));

        var thrown = Assert.Throws<AggregateException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        var faults = thrown.InnerExceptions.Cast<OptionsValidationException>().SelectMany(fault => fault.Failures).ToArray();
        string[] keys = ["Queues:First:Attempts", "Queues:First:Priority", "Queues:Grace", "Queues:Second:Attempts"];
        Assert.Equal(
            keys.Select(OptionSections.Path),
            faults.Select(fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.Contains("JubileeVerse:Queues:First:Attempts: The field Attempts must be between 1 and 20.", faults);
    }

    [Fact]
    public void AddQueue_Section_IsKnownWithTheDefaultsOfTheQueue()
    {
        var services = new ServiceCollection().AddQueue<ScriptedProcessor>("night-shift", queue => queue.Attempts = 2);

        var known = Assert.Single(services.Select(service => service.ImplementationInstance).OfType<KnownOptions>());

        Assert.Equal(("Queues:NightShift", typeof(QueueOptions)), (known.Section, known.Type));
        Assert.Equal(2, Assert.IsType<QueueOptions>(known.Defaults).Attempts);
    }

    [Theory]
    [InlineData("night-shift", "night-shift")]
    [InlineData("night-shift", "nightshift")]
    [InlineData("shift-1", "shift1")]
    public void AddQueue_SectionOfAnotherQueue_Throws(string first, string second)
    {
        var services = new ServiceCollection().AddQueue<ScriptedProcessor>(first);

        var thrown = Assert.Throws<ArgumentException>(() => services.AddQueue<ScriptedProcessor>(second));

        Assert.Contains($"'{first}'", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Email")]
    [InlineData("e_mail")]
    [InlineData("-email")]
    [InlineData("email-")]
    [InlineData("e--mail")]
    [InlineData("2-email")]
    [InlineData("e mail")]
    [InlineData("email\n")]
    [InlineData("grace")]
    public void AddQueue_NameWithoutASectionOfItsOwn_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddQueue<ScriptedProcessor>(name));

    [Fact]
    public async Task AddQueue_Sample_RunsItsJobs()
    {
        var sender = new RecordingSender();
        await using var cluster = await QueueCluster.StartAsync(store, Token, configure: services =>
        {
            services.AddSingleton<INewsletterSender>(sender);
            services.AddQueue<NewsletterProcessor>("newsletter", queue => queue.StartsPerSecond = 100);
        });
        var queue = cluster.Cluster.Grains.GetGrain<IQueueIntakeGrain>("newsletter");

        var added = (await queue.AddAsync([new NewJob("issue", "Hello")], Token)).Single();
        await cluster.Cluster.UntilAsync(
            async () => await queue.WaitAsync(added.Id, Token) == JobState.Completed, "the job has completed", Token);

        Assert.Equal([(added.Id, "Hello")], sender.Sent);
        Assert.Contains("newsletter", await cluster.Queries.NamesAsync(Token));
        Assert.Equal(
            100, (await cluster.Cluster.Grains.GetGrain<IQueueGrain>("newsletter").GetAsync(Token)).Limits.StartsPerSecond);
    }

    private static ServiceProvider Services(
        Action<IServiceCollection> configure, params IEnumerable<(string Key, string Value)> settings)
    {
        var values = settings.ToDictionary(setting => OptionSections.Path(setting.Key), setting => (string?)setting.Value);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        configure(services);
        return services.AddQueues().BuildServiceProvider();
    }

    private sealed class RecordingSender : INewsletterSender
    {
        public ConcurrentQueue<(JobId Id, string Letter)> Sent { get; } = new();

        public Task SendAsync(JobId id, string letter, CancellationToken cancellationToken)
        {
            Sent.Enqueue((id, letter));
            return Task.CompletedTask;
        }
    }
}
