using System.Net;
using System.Net.Sockets;
using JubileeVerse.Gateway.Sessions;

namespace JubileeVerse.Gateway.Limits;

/// <summary>Selects the rate limit of a request.</summary>
internal static class LimitRules
{
    private const int NetworkBytesV6 = 8;

    /// <summary>Null if the request is not limited. Reads without a session are not, because the output cache serves them.</summary>
    public static Limit? For(HttpContext context, RequestLimitsOptions options)
    {
        if (!options.Enabled || context.GetEndpoint() is not { } endpoint)
            return null;

        var policy = endpoint.Metadata.GetMetadata<LimitPolicy>();
        if (policy == LimitPolicy.None)
            return null;
        if (policy == LimitPolicy.SignIn)
            return new Limit("sign-in", AddressOf(context), options.SignInsPerMinute);
        if (context.User.SessionSubject() is { } session)
            return new Limit("session", session, options.SessionRequestsPerMinute);

        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return isRead ? null : new Limit("anonymous-write", AddressOf(context), options.AnonymousWritesPerMinute);
    }

    /// <summary>An IPv6 address is reduced to its /64 network, because one household has 2^64 addresses.</summary>
    internal static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytesV6))
            : address.ToString();
    }
}
