using JubileeVerse.Operations;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Writing;
using JubileeVerse.Queues.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JubileeVerse.Queues;

/// <summary>Registers the queue services, and the queues of all slices.</summary>
public static class QueueServices
{
    public static IServiceCollection AddQueues(this IServiceCollection services)
    {
        services.AddKnownOptions<QueuesOptions>(OptionSections.Queues);
        services.AddSingleton<QueueCatalog>();
        services.AddSingleton<IJobStore, SqlJobStore>();
        services.AddSingleton<IClaimStore, SqlClaimStore>();
        services.AddSingleton<IScheduleStore, SqlScheduleStore>();
        services.AddSingleton<NoteStore>();
        services.AddTransient<JobChanges>();
        services.AddTransient<JobClaims>();
        services.AddTransient<EndNotifier>();
        services.AddTransient<QueueStorage>();
        services.AddTransient<QueueActivator>();
        services.AddSingleton<JobRetention>();
        services.AddSingleton<SiloLiveness>();
        services.AddSingleton<QueueLoads>();
        services.AddSingleton<QueueInstruments>();
        services.AddSingleton(provider =>
            new JobProducer(name => provider.GetRequiredService<IGrainFactory>().GetGrain<IQueueIntakeGrain>(name)));
        services.AddSingleton<JobWorkers>();
        services.AddSingleton<IJobDrain>(provider => provider.GetRequiredService<JobWorkers>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<JobWorkers>());
        return services;
    }

    /// <summary>
    /// Adds a queue: its name, the processor that runs its jobs in each silo, and its options in the section
    /// <c>JubileeVerse:Queues:{Name}</c>, where <c>ai-response</c> is <c>AiResponse</c>. A queue that is not added here is unknown.
    /// </summary>
    /// <typeparam name="TProcessor">One instance per silo. An instance that is already registered is used.</typeparam>
    /// <param name="name">Lower-case words that are joined by hyphens. Jobs are stored under it, so never change it.</param>
    /// <param name="configureDefaults">Sets those defaults of the queue that differ from those of <see cref="QueueOptions"/>.</param>
    public static IServiceCollection AddQueue<TProcessor>(
        this IServiceCollection services, string name, Action<QueueOptions>? configureDefaults = null)
        where TProcessor : class, IJobProcessor
    {
        var definition = new QueueDefinition(name);
        if (DefinitionsIn(services).FirstOrDefault(definition.SharesSection) is { } other)
            throw new ArgumentException($"The queues '{name}' and '{other.Name}' have the same section {other.Section}.", nameof(name));

        services.AddSingleton(definition);
        services.AddKnownOptions(definition.Section, name, configureDefaults ?? (_ => { }));
        services.TryAddSingleton<TProcessor>();
        services.AddSingleton(provider => new QueueProcessor(name, provider.GetRequiredService<TProcessor>()));
        return services;
    }

    private static IEnumerable<QueueDefinition> DefinitionsIn(IServiceCollection services) => services
        .Where(service => service.ServiceType == typeof(QueueDefinition))
        .Select(service => service.ImplementationInstance)
        .OfType<QueueDefinition>();
}
