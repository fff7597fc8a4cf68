using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults.Configuration;

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
        services.AddSingleton<ChannelFeeds>();
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<ReplyStream>();
        services.AddHostedService<FeedSweeper>();
    }
}
