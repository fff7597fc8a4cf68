using JubileeVerse.Gateway.Sessions;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// Moves the hub's token from the query to the <c>Authorization</c> header. Browsers cannot set headers on a WebSocket, so the hub, and
/// only the hub, accepts a token in the query. It is moved first, so that later middleware and logs do not contain it.
/// </summary>
internal static class QueryToken
{
    public const string Name = "access_token";

    public static Task MoveAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(ChatHub.Path) && request.Query.TryGetValue(Name, out var tokens))
        {
            if (StringValues.IsNullOrEmpty(request.Headers.Authorization))
                request.Headers.Authorization = SessionSchemeSelector.BearerPrefix + tokens.ToString();
            request.QueryString = new QueryBuilder(request.Query.Where(pair => pair.Key != Name)).ToQueryString();
        }

        return next(context);
    }
}
