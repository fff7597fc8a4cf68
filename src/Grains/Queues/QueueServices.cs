using JubileeVerse.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Queues;

/// <summary>Registers the slice. A new queue is an <see cref="IJobProcessor"/> and its options.</summary>
public static class QueueServices
{
    public static IServiceCollection AddQueues(this IServiceCollection services)
    {
        services.AddValidatedOptions<QueuesOptions>(OptionSections.Queues);
        services.AddSingleton<IJobStore, SqlJobStore>();
        services.AddTransient<JobChanges>();
        services.AddTransient<JobEnds>();
        services.AddSingleton<SiloLiveness>();
        services.AddSingleton<QueueLoads>();
        services.AddSingleton<QueueInstruments>();
        services.AddSingleton<JobWorkers>();
        services.AddSingleton<IJobDrain>(provider => provider.GetRequiredService<JobWorkers>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<JobWorkers>());
        return services;
    }
}
