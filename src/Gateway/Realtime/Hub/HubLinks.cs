using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Realtime;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>Makes a link of a connection to the hub.</summary>
internal sealed class HubLinks(
    LiveConnections connections,
    LinkSubscriptionsFactory subscriptions,
    LinkPump pump,
    ISessionStore sessions,
    IOptions<LinkOptions> options,
    IOptions<UserLinkOptions> userLinks,
    IOptions<DeliveryOptions> delivery,
    TimeProvider time)
{
    public LinkSubscriptionsFactory Subscriptions => subscriptions;

    public LinkPump Pump => pump;

    public LinkOptions Options => options.Value;

    public TimeProvider Time => time;

    /// <summary>The connection has it from now on: <see cref="HubLink.Of"/>.</summary>
    public HubLink Open(HubConnectionContext client)
    {
        var http = client.GetHttpContext() ?? throw new InvalidOperationException("The hub is for connections over HTTP.");
        var link = new UserLink(client.ConnectionId, LinkTransport.Hub, client.User.SessionSubject(), time.GetUtcNow());
        var connection = connections.Add(client.User.UserId(), client.ConnectionAborted, link);
        var expiry = TokenExpiry.Of(http, connection, sessions, time);
        var hubLink = new HubLink(client, Listen(client), expiry, this, connection);
        client.Features.Set(hubLink);
        // With the socket, which is closed after the hub has parted from it: a drain that waits for the last link waits for that, too.
        http.Response.RegisterForDispose(hubLink);
        return hubLink;
    }

    public Connected Greeting(HubLink link) => new(
        link.Connection.Link!.Id,
        (int)Math.Ceiling(delivery.Value.HeartbeatPeriod.TotalSeconds),
        new LinkLimits(Options.InboundFrameBytes, Options.CommandsPerSecond, Options.ChannelsPerLink, userLinks.Value.LinksPerUser),
        time.GetUtcNow());

    private HeardTransport Listen(HubConnectionContext client)
    {
        var feature = client.Features.GetRequiredFeature<IConnectionTransportFeature>();
        var heard = new HeardTransport(feature.Transport, time);
        feature.Transport = heard;
        return heard;
    }
}
