using JubileeVerse.Operations;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.History;
using JubileeVerse.Realtime.Outbox;
using JubileeVerse.Realtime.Presence;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Realtime;

/// <summary>Registers the silo's realtime services.</summary>
public static class RealtimeServices
{
    public static IServiceCollection AddRealtime(this IServiceCollection services)
    {
        services.AddKnownOptions<RealtimeOptions>(OptionSections.Realtime);
        services.AddKnownOptions<UserConnectionOptions>(OptionSections.Realtime);
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
