using JubileeVerse.Gateway.Errors;
using Microsoft.AspNetCore.Authorization;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>A request that names a session while sessions are out of reach, so that nobody knows whether it is good.</summary>
internal static class UnknownCaller
{
    /// <summary>
    /// True: it goes on as nobody's, because anyone may read what it asks for. All else has to fail: to refuse it as nobody's would sign
    /// people out, and to log out or to register as nobody would leave the session, or the guest, behind.
    /// </summary>
    public static bool MayGoOn(HttpContext context, Exception exception) =>
        ExceptionProblem.Of(exception).Code == ErrorCode.Unavailable
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null;
}
