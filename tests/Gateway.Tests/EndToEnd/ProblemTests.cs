using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

public sealed class ProblemTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    [Theory]
    [InlineData("""{"personas":""", "personas")]
    [InlineData("""{"onBusy":"never"}""", "onBusy")]
    [InlineData("""{"onBusy":1}""", "onBusy")]
    [InlineData("""{"title":5}""", "title")]
    [InlineData("""{"title":"a\u0000b"}""", "title")]
    [InlineData("""{"title":"a\ud800b"}""", "title")]
    [InlineData("""{"personas":["jubilee","x\u0000"]}""", "personas[1]")]
    [InlineData("""{"personas":["jubilee","nobody"]}""", "personas[1]")]
    [InlineData("""[1]""", "body")]
    [InlineData("""null""", "body")]
    [InlineData("", "body")]
    public async Task Body_Invalid_NamesTheField(string body, string field)
    {
        using var client = await server.NewClient().AsGuestAsync();
        using var response = await client.RawAsync(HttpMethod.Post, "/api/conversations", GatewayClient.Json(body));
        var problem = await GatewayClient.ReadAsync(response, HttpStatusCode.BadRequest);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
        AssertHasAllFields(problem, "/api/conversations");
    }

    [Theory]
    [InlineData("""{"title":5}""", "title", "Must be a string.")]
    [InlineData("""{"personas":"jubilee"}""", "personas", "Must be an array.")]
    [InlineData("""[]""", "body", "Must be a JSON object.")]
    [InlineData("""7""", "body", "Must be a JSON object.")]
    [InlineData("""{"title":""", "title", "Malformed JSON at line 1, byte 9.")]
    public async Task Body_WrongJsonType_NamesTheRule(string body, string field, string rule)
    {
        using var client = await server.NewClient().AsGuestAsync();
        using var response = await client.RawAsync(HttpMethod.Post, "/api/conversations", GatewayClient.Json(body));
        var problem = await GatewayClient.ReadAsync(response, HttpStatusCode.BadRequest);

        Assert.Equal(rule, problem.GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Theory]
    [InlineData("/api/conversations?limit=ten", "limit", "Must be an integer.")]
    [InlineData("/api/conversations?archived=maybe", "archived", "Must be true or false.")]
    public async Task Query_WrongType_NamesTheRule(string path, string field, string rule)
    {
        using var client = await server.NewClient().AsGuestAsync();
        var problem = await client.GetAsync(path, HttpStatusCode.BadRequest);

        Assert.Equal(rule, problem.GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Theory]
    [InlineData("/api/conversations/nope", "id")]
    [InlineData("/api/conversations?limit=0", "limit")]
    [InlineData("/api/conversations?limit=101", "limit")]
    [InlineData("/api/conversations?limit=ten", "limit")]
    [InlineData("/api/conversations?archived=maybe", "archived")]
    [InlineData("/api/conversations?after=junk", "after")]
    [InlineData("/api/personas?q=%00", "q")]
    [InlineData("/api/personas?language=klingon_x", "language")]
    [InlineData("/api/replies/1234", "id")]
    public async Task RouteOrQuery_Invalid_NamesTheParameter(string path, string field)
    {
        using var client = await server.NewClient().AsGuestAsync();
        var problem = await client.GetAsync(path, HttpStatusCode.BadRequest);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/nothing.html", HttpStatusCode.NotFound, "not-found")]
    [InlineData("DELETE", "/api/personas", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("GET", "/api/admin/queues", HttpStatusCode.Unauthorized, "unauthenticated")]
    public async Task Request_UnmatchedOrUnauthorized_ReturnsAProblem(string method, string path, HttpStatusCode status, string code)
    {
        using var client = server.NewClient();
        var problem = await client.SendAsync(status, new HttpMethod(method), path);

        Assert.Equal(code, problem.GetProperty("code").GetString());
        AssertHasAllFields(problem, path);
    }

    [Fact]
    public async Task Body_WrongContentType_Is415()
    {
        using var client = await server.NewClient().AsGuestAsync();
        using var response = await client.RawAsync(HttpMethod.Post, "/api/conversations", new StringContent("title=x"));

        var problem = await GatewayClient.ReadAsync(response, HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("unsupported-media-type", problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(1_048_577)]
    [InlineData(1_100_000)]
    [InlineData(12_000_000)]
    public async Task Body_OverAMegabyte_Is413(int bytes)
    {
        using var client = await server.NewClient().AsGuestAsync();
        using var response = await client.RawAsync(HttpMethod.Post, "/api/conversations", GatewayClient.Json(new string(' ', bytes)));

        var problem = await GatewayClient.ReadAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("payload-too-large", problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.Created)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.Created)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    public async Task Write_WithOriginHeader_IsAllowedForTheSameOriginOnly(string header, string value, HttpStatusCode expected)
    {
        using var client = await server.NewClient().AsGuestAsync();
        using var response = await client.RawAsync(HttpMethod.Post, "/api/conversations", GatewayClient.Json("{}"), (header, value));
        await GatewayClient.ReadAsync(response, expected);
    }

    [Fact]
    public async Task Write_FromTheSameOrigin_IsAccepted()
    {
        using var client = await server.NewClient().AsGuestAsync();
        using var response = await client.RawAsync(
            HttpMethod.Post, "/api/conversations", GatewayClient.Json("{}"), ("Origin", server.Address.GetLeftPart(UriPartial.Authority)));
        await GatewayClient.ReadAsync(response, HttpStatusCode.Created);
    }

    private static void AssertHasAllFields(JsonElement problem, string path)
    {
        foreach (var name in new[] { "type", "title", "code", "traceId" })
            Assert.NotEmpty(problem.GetProperty(name).GetString()!);
        Assert.Equal(path, problem.GetProperty("instance").GetString());
    }
}
