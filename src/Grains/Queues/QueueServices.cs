using JubileeVerse.Operations;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Store;
using JubileeVerse.Queues.Store.Writing;
using JubileeVerse.Queues.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Queues;

/// <summary>
/// Registers the queue services. A new queue needs an <see cref="IJobProcessor"/> and one call of <see cref="AddQueue{TProcessor}"/>.
/// </summary>
public static class QueueServices
{
    public static IServiceCollection AddQueues(this IServiceCollection services)
    {
        services.AddValidatedOptions<QueuesOptions>(OptionSections.Queues);
        services.AddSingleton<QueueCatalog>();
        services.AddSingleton(new QueueDefinition(QueueNames.AiResponse, queues => queues.AiResponse));
        services.AddSingleton(new QueueDefinition(QueueNames.Email, queues => queues.Email));
        services.AddSingleton(new QueueDefinition(QueueNames.Analytics, queues => queues.Analytics));
        services.AddSingleton(new QueueDefinition(QueueNames.TranslationReview, queues => queues.TranslationReview));
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
        services.AddHostedService<QueueKeepAliveService>();
        services.AddSingleton<JobWorkers>();
        services.AddSingleton<IJobDrain>(provider => provider.GetRequiredService<JobWorkers>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<JobWorkers>());
        return services;
    }

    /// <summary>Adds a queue and the processor that runs its jobs in each silo.</summary>
    public static IServiceCollection AddQueue<TProcessor>(this IServiceCollection services, string name, QueueOptions options)
        where TProcessor : class, IJobProcessor => services
        .AddSingleton(new QueueDefinition(name, _ => options))
        .AddSingleton<IJobProcessor, TProcessor>();
}
