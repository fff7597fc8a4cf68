namespace JubileeVerse.Gateway.Queues;

/// <summary>Registers what the admin endpoints for queues need.</summary>
internal static class QueueAdminServices
{
    public static void AddQueueAdmin(this IServiceCollection services) => services.AddSingleton<QueueLookup>();
}
