namespace JubileeVerse.Gateway.Realtime.Events;

/// <summary>Registers the streams of events.</summary>
internal static class EventServices
{
    public static void AddEvents(this IServiceCollection services) => services.AddSingleton<EventLinks>();
}
