namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>Registers the services for event streams.</summary>
internal static class EventServices
{
    public static void AddEvents(this IServiceCollection services) => services.AddSingleton<EventConnectionFactory>();
}
