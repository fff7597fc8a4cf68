using System.Net;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Limits;
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
    public void AddressOf_Caller_IsTheirNetwork(string address, string expected) => Assert.Equal(expected, LimitRules.AddressOf(Request("GET", address)));

    [Theory]
    [InlineData("GET", null)]
    [InlineData("HEAD", null)]
    [InlineData("POST", "anonymous-write")]
    [InlineData("DELETE", "anonymous-write")]
    public void Of_Anonymous_CountsWrites(string method, string? policy) => Assert.Equal(policy, LimitRules.Of(Request(method), _options)?.Policy);

    [Fact]
    public void Of_Session_CountsAllUnderAName_ThatIsNotItsKey()
    {
        var request = Request("GET");
        request.User = CallerClaims.Principal(default, "secret-key");
        var limit = LimitRules.Of(request, _options)!;

        Assert.Equal(("session", 600), (limit.Policy, limit.Quota));
        Assert.DoesNotContain("secret", limit.Key, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EndpointWithAPolicyOfItsOwn_FollowsIt()
    {
        Assert.Equal("sign-in", LimitRules.Of(Request("POST", policy: LimitPolicy.SignIn), _options)?.Policy);
        Assert.Null(LimitRules.Of(Request("POST", policy: LimitPolicy.None), _options));
    }

    [Fact]
    public void Of_Disabled_IsNone()
    {
        _options.Enabled = false;
        Assert.Null(LimitRules.Of(Request("POST"), _options));
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
