using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Sessions.Cookie;

/// <summary>Configures both cookie schemes alike, except that <see cref="SessionSchemes.NewSession"/> does not read the cookie.</summary>
internal sealed class SessionCookie(CookieSessions sessions, IDataProtectionProvider protection, IOptions<SessionsOptions> options)
    : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public void Configure(CookieAuthenticationOptions cookie)
    {
    }

    public void Configure(string? name, CookieAuthenticationOptions cookie)
    {
        if (name is not (SessionSchemes.Cookie or SessionSchemes.NewSession))
            return;

        cookie.Cookie.Name = SessionSchemes.CookieName;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.SlidingExpiration = true;
        cookie.ExpireTimeSpan = options.Value.Lifetime;
        cookie.SessionStore = sessions;
        cookie.TicketDataFormat = new TicketDataFormat(protection.CreateProtector(SessionSchemes.CookieName));
        if (name == SessionSchemes.NewSession)
            cookie.CookieManager = new WriteOnlyCookies();

        // An API returns a status code instead of redirecting to a sign-in page.
        cookie.Events.OnRedirectToLogin = context => Respond(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Respond(context, StatusCodes.Status403Forbidden);
    }

    private static Task Respond(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
