using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Realtime;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>People, for admins.</summary>
internal static class UserAdminEndpoints
{
    public static void MapUserAdmin(this RouteGroupBuilder admin)
    {
        var users = admin.MapGroup("/users");
        users.MapGet("", SearchAsync).Produces<UserListAnswer>();
        users.MapPatch("/{id}", AdministerAsync).Produces<AdministeredUserAnswer>().Audited("user-administer");
    }

    private static async Task<IResult> SearchAsync(
        string? q, int? limit, string? after, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var page = PageQuery.Read(faults, limit, after);
        faults.ThrowIfAny();
        var found = await grains.GetGrain<IAccountDirectory>(0).SearchAsync(q, page, cancellationToken);
        return Results.Ok(new UserListAnswer(found.Items, found.Next));
    }

    private static async Task<IResult> AdministerAsync(
        UserId id,
        AdministerUserRequest request,
        IGrainFactory grains,
        ISessionStore sessions,
        UserLinkCloser closer,
        CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var user = await grains.GetGrain<IAccountGrain>(id.Value).AdministerAsync(request.ToChange(), cancellationToken);
        // The account's own store ends the sessions that it keeps; these may be elsewhere.
        if (user.Disabled)
        {
            await sessions.RemoveAllAsync(id, cancellationToken);
            await closer.CloseEndedAsync(id, CloseCodes.Banned, session: null);
        }
        else if (request.Role is not null && user.Role != UserRole.Admin)
        {
            // Who may join a channel is asked when it is subscribed; so that is done again.
            await closer.CloseEndedAsync(id, CloseCodes.RightsLost, session: null);
        }

        return Results.Ok(new AdministeredUserAnswer(user));
    }
}
