using JubileeVerse.Gateway.Accounts;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// A page can give its socket no headers, so at the hub, and nowhere else, a token may be in the address. It is moved into the header at once:
/// whoever reads or logs the address from here on does not see it.
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
                request.Headers.Authorization = SessionSelector.BearerPrefix + tokens.ToString();
            request.QueryString = new QueryBuilder(request.Query.Where(pair => pair.Key != Name)).ToQueryString();
        }

        return next(context);
    }
}
