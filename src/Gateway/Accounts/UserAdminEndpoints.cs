using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Accounts.Requests;
using JubileeVerse.Gateway.Accounts.Responses;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Admin endpoints for users.</summary>
internal static class UserAdminEndpoints
{
    public static void MapUserAdmin(this RouteGroupBuilder admin)
    {
        var users = admin.MapGroup("/users");
        users.MapGet("", SearchAsync);
        users.MapPatch("/{id}", AdministerAsync).Audited("user-administer");
    }

    private static async Task<Ok<UserListResponse>> SearchAsync(
        string? q, int? limit, string? after, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var page = PageQuery.Read(faults, limit, after);
        faults.ThrowIfAny();
        var found = await grains.GetGrain<IAccountDirectoryGrain>(0).SearchAsync(q, page, cancellationToken);
        return TypedResults.Ok(new UserListResponse(found.Items, found.Next));
    }

    private static async Task<Ok<AdministeredUserResponse>> AdministerAsync(
        UserId id,
        AdministerUserRequest request,
        IGrainFactory grains,
        ISessionStore sessions,
        UserConnectionCloser closer,
        CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var user = await grains.GetGrain<IAccountGrain>(id.Value).AdministerAsync(request.ToChange(), cancellationToken);
        // The account grain removes the sessions in its own store, but this gateway's sessions may be in another store (Redis).
        if (user.Disabled)
        {
            await sessions.RemoveAllAsync(id, cancellationToken);
            await closer.CloseEndedAsync(id, CloseCodes.Banned, session: null);
        }
        else if (request.Role is not null && user.Role != UserRole.Admin)
        {
            // Channel access is checked only at subscription, so connections are closed to make clients subscribe again.
            await closer.CloseEndedAsync(id, CloseCodes.RoleRemoved, session: null);
        }

        return TypedResults.Ok(new AdministeredUserResponse(user));
    }
}
