using System.Net;
using JubileeVerse.Gateway.Limits;
using JubileeVerse.Gateway.Sessions;
using Microsoft.AspNetCore.Http;

namespace JubileeVerse.Gateway.Tests.Limits;

public sealed class LimitRulesTests
{
    private readonly RequestLimitsOptions _options = new();

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002")]
    [InlineData("2001:db8:1:2::1", "20010db800010002")]
    public void AddressOf_CallerAddress_IsItsNetwork(string address, string expected) =>
        Assert.Equal(expected, LimitRules.AddressOf(Request("GET", address)));

    [Theory]
    [InlineData("GET", null)]
    [InlineData("HEAD", null)]
    [InlineData("POST", "anonymous-write")]
    [InlineData("DELETE", "anonymous-write")]
    public void For_Anonymous_LimitsWritesOnly(string method, string? policy) =>
        Assert.Equal(policy, LimitRules.For(Request(method), _options)?.Policy);

    [Fact]
    public void For_Session_LimitsAllRequestsWithoutRevealingItsKey()
    {
        var request = Request("GET");
        request.User = CallerClaims.Principal(default, "secret-key");
        var limit = LimitRules.For(request, _options)!;

        Assert.Equal(("session", 600), (limit.Policy, limit.Quota));
        Assert.DoesNotContain("secret", limit.Key, StringComparison.Ordinal);
    }

    [Fact]
    public void For_EndpointWithItsOwnPolicy_UsesThatPolicy()
    {
        Assert.Equal("sign-in", LimitRules.For(Request("POST", policy: LimitPolicy.SignIn), _options)?.Policy);
        Assert.Null(LimitRules.For(Request("POST", policy: LimitPolicy.None), _options));
    }

    [Fact]
    public void For_LimitsDisabled_ReturnsNull()
    {
        _options.Enabled = false;
        Assert.Null(LimitRules.For(Request("POST"), _options));
    }

    private static DefaultHttpContext Request(string method, string address = "10.0.0.1", object? policy = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(policy is null ? [] : [policy]), "test"));
        return context;
    }
}
