using System.Text.RegularExpressions;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Who is connected, what people are told, and the channels that are nobody's; for admins.</summary>
internal static partial class RealtimeAdminEndpoints
{
    public static void MapRealtimeAdmin(this RouteGroupBuilder admin)
    {
        admin.MapGet("/connections", ConnectionsAsync).Produces<ConnectionListAnswer>();
        admin.MapPost("/broadcast", BroadcastAsync).Produces<BroadcastAnswer>().Audited("broadcast");
        admin.MapPost("/users/{id}/disconnect", DisconnectAsync).Produces<ConnectionsAnswer>().Audited("user-disconnect");
        admin.MapPost("/users/{id}/notices", NotifyUserAsync).Produces<ConnectionsAnswer>().Audited("user-notify");
        admin.MapPut("/channels/{name}", MakeChannelAsync).Produces(StatusCodes.Status204NoContent).Audited("channel-make");
        admin.MapDelete("/channels/{name}", RemoveChannelAsync).Produces(StatusCodes.Status204NoContent).Audited("channel-remove");
        admin.MapPost("/channels/{name}/notices", NotifyChannelAsync).Produces<GatewaysAnswer>().Audited("channel-notify");
    }

    private static async Task<IResult> ConnectionsAsync(ConnectionReporter reporter, CancellationToken cancellationToken) =>
        Results.Ok(await reporter.ReportAsync(cancellationToken));

    private static async Task<IResult> BroadcastAsync(
        NoticeRequest request, IGrainFactory grains, ConnectionReporter reporter, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var gateways = await grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value).NotifyAsync(request.ToNotice(), cancellationToken);
        var connected = await reporter.ReportAsync(cancellationToken);
        return Results.Ok(new BroadcastAnswer(gateways, connected.Gateways.Sum(gateway => gateway.ByTransport is { } by ? by.Hub + by.Events : 0)));
    }

    private static async Task<IResult> DisconnectAsync(UserId id, IGrainFactory grains, UserLinkCloser closer, CancellationToken cancellationToken)
    {
        await ThrowIfNobodyAsync(grains, id, cancellationToken);
        return Results.Ok(new ConnectionsAnswer(await closer.CloseAsync(id, CloseCodes.Kicked, session: null, cancellationToken)));
    }

    private static async Task<IResult> NotifyUserAsync(UserId id, NoticeRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        await ThrowIfNobodyAsync(grains, id, cancellationToken);
        return Results.Ok(new ConnectionsAnswer(
            await grains.GetGrain<IUserConnectionGrain>(id.Value).NotifyAsync(request.ToNotice(), cancellationToken)));
    }

    private static async Task<IResult> MakeChannelAsync(string name, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.AddIf(!NamedChannels().IsMatch(name), "name", "1 to 64 of a to z, 0 to 9, '.', '_' and '-' are expected, a letter or digit first.");
        faults.ThrowIfAny();
        await Channel(grains, name).MakeAsync(cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> RemoveChannelAsync(string name, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!NamedChannels().IsMatch(name))
            return ProblemResult.NotFound("channel");
        await Channel(grains, name).RemoveAsync(cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> NotifyChannelAsync(
        string name, NoticeRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        if (!NamedChannels().IsMatch(name))
            return ProblemResult.NotFound("channel");
        return Results.Ok(new GatewaysAnswer(await Channel(grains, name).NotifyAsync(request.ToNotice(), cancellationToken)));
    }

    private static IChannelGrain Channel(IGrainFactory grains, string name) => grains.GetGrain<IChannelGrain>(ChannelName.OfNamed(name).Value);

    private static Task ThrowIfNobodyAsync(IGrainFactory grains, UserId id, CancellationToken cancellationToken) =>
        grains.GetGrain<IAccountGrain>(id.Value).GetAsync(cancellationToken);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex NamedChannels();
}
