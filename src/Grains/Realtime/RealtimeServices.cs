using JubileeVerse.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Realtime;

/// <summary>Registers the silo's side of delivery.</summary>
public static class RealtimeServices
{
    public static IServiceCollection AddRealtime(this IServiceCollection services)
    {
        services.AddValidatedOptions<RealtimeOptions>(OptionSections.Realtime);
        services.AddValidatedOptions<UserLinkOptions>(OptionSections.Realtime);
        services.AddSingleton<RealtimeInstruments>();
        services.AddSingleton<ChannelEpoch>();
        services.AddSingleton<IUserChannelStore, SqlUserChannelStore>();
        services.AddSingleton<INamedChannelStore, SqlNamedChannelStore>();
        services.AddSingleton<GatewayLiveness>();
        services.AddSingleton<GatewayFollowers>();
        services.AddSingleton<ChannelHistoryReader>();
        services.AddSingleton<GatewayOutboxes>();
        services.AddSingleton<IGatewayOutboxes>(provider => provider.GetRequiredService<GatewayOutboxes>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<GatewayOutboxes>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, GatewayWatch>();
        services.AddHostedService<ChannelHistorySweeper>();
        return services;
    }
}
