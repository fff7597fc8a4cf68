using System.Text.RegularExpressions;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Realtime;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Realtime.Admin;

/// <summary>Admin endpoints for connections, notices and named channels.</summary>
internal static partial class RealtimeAdminEndpoints
{
    private const string NameRule = "The name must have 1 to 64 of a to z, 0 to 9, '.', '_' and '-', and begin with a letter or digit.";

    public static void MapRealtimeAdmin(this RouteGroupBuilder admin)
    {
        admin.MapGet("/connections", ConnectionsAsync);
        admin.MapPost("/broadcast", BroadcastAsync).Audited("broadcast");
        admin.MapPost("/users/{id}/disconnect", DisconnectAsync).Audited("user-disconnect");
        admin.MapPost("/users/{id}/notices", NotifyUserAsync).Audited("user-notify");
        admin.MapPut("/channels/{name}", CreateChannelAsync).Audited("channel-make");
        admin.MapDelete("/channels/{name}", RemoveChannelAsync).Audited("channel-remove");
        admin.MapPost("/channels/{name}/notices", NotifyChannelAsync).Audited("channel-notify");
    }

    private static async Task<Ok<ConnectionListResponse>> ConnectionsAsync(
        ConnectionReporter reporter, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reporter.ReportAsync(cancellationToken));

    private static async Task<Ok<BroadcastResponse>> BroadcastAsync(
        NoticeRequest request, IGrainFactory grains, ConnectionReporter reporter, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var announcements = grains.GetGrain<IChannelGrain>(ChannelName.Announcements.Value);
        var gateways = await announcements.NotifyAsync(request.ToNotice(), cancellationToken);
        var connected = await reporter.ReportAsync(cancellationToken);
        var connections = connected.Gateways.Sum(gateway => gateway.ByTransport is { } by ? by.Hub + by.Events : 0);
        return TypedResults.Ok(new BroadcastResponse(gateways, connections));
    }

    private static async Task<Ok<ConnectionsResponse>> DisconnectAsync(
        UserId id, IGrainFactory grains, UserConnectionCloser closer, CancellationToken cancellationToken)
    {
        await ThrowIfUnknownUserAsync(grains, id, cancellationToken);
        return TypedResults.Ok(new ConnectionsResponse(await closer.CloseAsync(id, CloseCodes.Kicked, session: null, cancellationToken)));
    }

    private static async Task<Ok<ConnectionsResponse>> NotifyUserAsync(
        UserId id, NoticeRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        await ThrowIfUnknownUserAsync(grains, id, cancellationToken);
        return TypedResults.Ok(new ConnectionsResponse(
            await grains.GetGrain<IUserConnectionGrain>(id.Value).NotifyAsync(request.ToNotice(), cancellationToken)));
    }

    private static async Task<NoContent> CreateChannelAsync(string name, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.AddIf(!NamedChannelPattern().IsMatch(name), "name", NameRule);
        faults.ThrowIfAny();
        await Channel(grains, name).CreateAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemResult>> RemoveChannelAsync(
        string name, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!NamedChannelPattern().IsMatch(name))
            return ProblemResult.NotFound("channel");
        await Channel(grains, name).RemoveAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<GatewaysResponse>, ProblemResult>> NotifyChannelAsync(
        string name, NoticeRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        if (!NamedChannelPattern().IsMatch(name))
            return ProblemResult.NotFound("channel");
        return TypedResults.Ok(new GatewaysResponse(await Channel(grains, name).NotifyAsync(request.ToNotice(), cancellationToken)));
    }

    private static IChannelGrain Channel(IGrainFactory grains, string name) =>
        grains.GetGrain<IChannelGrain>(ChannelName.ForNamed(name).Value);

    private static Task ThrowIfUnknownUserAsync(IGrainFactory grains, UserId id, CancellationToken cancellationToken) =>
        grains.GetGrain<IAccountGrain>(id.Value).GetAsync(cancellationToken);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex NamedChannelPattern();
}
