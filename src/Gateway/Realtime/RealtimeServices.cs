using JubileeVerse.Operations;
using JubileeVerse.Realtime;
using JubileeVerse.ServiceDefaults.Configuration;
using JubileeVerse.ServiceDefaults.Drain;

namespace JubileeVerse.Gateway.Realtime;

internal static class RealtimeServices
{
    public const string MeterName = "jubileeverse.gateway.realtime";

    public static void AddRealtime(this IServiceCollection services)
    {
        services.AddKnownOptions<DeliveryOptions>(OptionSections.Realtime).ValidateDataAnnotations();
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<GatewayObserver>();
        services.AddSingleton<GatewayIdentity>();
        services.AddSingleton<ChannelOwners>();
        services.AddSingleton<ChannelAccess>();
        services.AddSingleton<ChannelFeeds>();
        services.AddSingleton<UserPresenceFeed>();
        services.AddSingleton<UserLinkCloser>();
        services.AddSingleton<ConnectionReporter>();
        services.AddSingleton<LiveConnections>();
        services.AddKnownOptions<ConnectionDrainOptions>(OptionSections.Realtime).ValidateDataAnnotations();
        services.AddSingleton<ConnectionDrain>();
        services.AddSingleton<IDrainStep>(provider => provider.GetRequiredService<ConnectionDrain>());
        services.AddHostedService(provider => provider.GetRequiredService<ConnectionDrain>());
        services.AddSingleton<ReplyStream>();
        services.AddSingleton<ReplyStreamTerms>();
        services.AddKnownOptions<LinkOptions>(OptionSections.Realtime).ValidateDataAnnotations();
        services.AddKnownOptions<UserLinkOptions>(OptionSections.Realtime).ValidateDataAnnotations();
        services.AddSingleton<LinkPump>();
        services.AddHostedService(provider => provider.GetRequiredService<LinkPump>());
        services.AddHostedService<FeedSweeper>();
        services.AddSubscriptions();
        services.AddHostedService<GatewayHeartbeat>();
    }
}
