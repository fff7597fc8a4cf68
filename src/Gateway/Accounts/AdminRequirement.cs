using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Sessions;
using Microsoft.AspNetCore.Authorization;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Requires that the caller is an admin now; the role at sign-in does not count.</summary>
internal sealed class AdminRequirement : IAuthorizationRequirement
{
    public const string Policy = "admin";

    internal sealed class Handler(IGrainFactory grains) : AuthorizationHandler<AdminRequirement>
    {
        protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, AdminRequirement requirement)
        {
            if (context.User.TryUserId() is not { } userId)
                return;

            try
            {
                var user = await grains.GetGrain<IAccountGrain>(userId.Value).GetAsync(CancellationToken.None);
                if (user is { Role: UserRole.Admin, Disabled: false })
                    context.Succeed(requirement);
            }
            catch (JubileeException exception) when (exception.Code == ErrorCode.NotFound)
            {
                context.Fail();
            }
        }
    }
}
