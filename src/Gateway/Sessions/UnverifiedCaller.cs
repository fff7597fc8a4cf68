using JubileeVerse.Gateway.Errors;
using Microsoft.AspNetCore.Authorization;

namespace JubileeVerse.Gateway.Sessions;

/// <summary>Handles a request with a session that cannot be verified, because the session store is unavailable.</summary>
internal static class UnverifiedCaller
{
    /// <summary>
    /// True if the request may continue as anonymous, because it reads public data. Any other request must fail with <c>Unavailable</c>:
    /// a 401 would sign the user out, and signing out or registering as anonymous would leave the session or the guest account behind.
    /// </summary>
    public static bool MayContinueAsAnonymous(HttpContext context, Exception exception) =>
        ExceptionProblem.From(exception).Code == ErrorCode.Unavailable
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null;
}
