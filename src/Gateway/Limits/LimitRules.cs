using System.Net;
using System.Net.Sockets;
using JubileeVerse.Gateway.Accounts;

namespace JubileeVerse.Gateway.Limits;

/// <summary>Which limit counts for a request.</summary>
internal static class LimitRules
{
    private const int NetworkBytesV6 = 8;

    /// <summary>Null: none. Reads without a session are held by the output cache instead.</summary>
    public static Limit? Of(HttpContext context, RequestLimitsOptions options)
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

    /// <summary>Of IPv6 the network only: a home has 2^64 addresses.</summary>
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
