namespace JubileeVerse.Gateway.Realtime;

/// <summary>Registers what links hear with.</summary>
internal static class SubscriptionServices
{
    public static void AddSubscriptions(this IServiceCollection services)
    {
        services.AddSingleton<ChannelPast>();
        services.AddSingleton<LinkSubscriptionsFactory>();
        services.AddHostedService<LinkSweeper>();
    }
}
