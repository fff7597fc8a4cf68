using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Creates the <see cref="HubConnection"/> of a SignalR connection.</summary>
internal sealed class HubConnectionFactory(
    LiveConnections connections,
    ConnectionSubscriptionsFactory subscriptions,
    ConnectionPump pump,
    ISessionStore sessions,
    IOptions<ClientConnectionOptions> options,
    IOptions<UserConnectionOptions> userConnectionOptions,
    IOptions<DeliveryOptions> delivery,
    TimeProvider time)
{
    public ConnectionSubscriptionsFactory Subscriptions => subscriptions;

    public ConnectionPump Pump => pump;

    public ClientConnectionOptions Options => options.Value;

    public TimeProvider Time => time;

    /// <summary>
    /// Creates the connection and stores it in the SignalR connection's features, where <see cref="HubConnection.From"/> finds it.
    /// </summary>
    public HubConnection Create(HubConnectionContext client)
    {
        var http = client.GetHttpContext() ?? throw new InvalidOperationException("The hub accepts only connections over HTTP.");
        var userConnection = new UserConnection(
            client.ConnectionId, ConnectionTransport.Hub, client.User.SessionSubject(), time.GetUtcNow());
        var connection = connections.Add(client.User.UserId(), client.ConnectionAborted, userConnection);
        var expiry = TokenExpiry.Create(http, connection, sessions, time);
        var hubConnection = new HubConnection(client, ReplaceTransport(client), expiry, this, connection);
        client.Features.Set(hubConnection);
        // It is disposed with the socket, which closes after SignalR has finished, so that a drain also waits for the socket of the last
        // connection.
        http.Response.RegisterForDispose(hubConnection);
        return hubConnection;
    }

    public Connected CreateGreeting(HubConnection connection) => new(
        connection.Live.UserConnection!.Id,
        (int)Math.Ceiling(delivery.Value.HeartbeatPeriod.TotalSeconds),
        new ConnectionLimits(
            Options.InboundFrameBytes, Options.CommandsPerSecond, Options.ChannelsPerLink, userConnectionOptions.Value.LinksPerUser),
        time.GetUtcNow());

    private ActivityTrackingTransport ReplaceTransport(HubConnectionContext client)
    {
        var feature = client.Features.GetRequiredFeature<IConnectionTransportFeature>();
        var transport = new ActivityTrackingTransport(feature.Transport, time);
        feature.Transport = transport;
        return transport;
    }
}
