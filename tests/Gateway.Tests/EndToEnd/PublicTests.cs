using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

public sealed class PublicTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    [Fact]
    public async Task ListPersonas_PageByPage_ReturnsEachOnce()
    {
        using var client = server.NewClient();
        var slugs = new List<string>();
        string? next = null;
        do
        {
            var page = await client.GetAsync($"/api/personas?limit=1{(next is null ? "" : "&after=" + Uri.EscapeDataString(next))}");
            slugs.AddRange(page.GetProperty("personas").EnumerateArray().Select(persona => persona.GetProperty("slug").GetString()!));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(slugs.Count, slugs.Distinct().Count());
        Assert.Contains("jubilee", slugs);
    }

    [Fact]
    public async Task GetPersona_BySlugOrId_ReturnsTheSameWithoutThePrompt()
    {
        using var client = server.NewClient();
        var bySlug = (await client.GetAsync("/api/personas/jubilee")).GetProperty("persona");
        var byId = (await client.GetAsync($"/api/personas/{bySlug.GetProperty("id").GetString()}")).GetProperty("persona");

        Assert.Equal(bySlug.ToString(), byId.ToString());
        Assert.DoesNotContain("prompt", bySlug.ToString(), StringComparison.OrdinalIgnoreCase);
        await client.GetAsync("/api/personas/nobody", HttpStatusCode.NotFound);
        Assert.NotEmpty((await client.GetAsync("/api/personas/categories")).GetProperty("categories").EnumerateArray());
    }

    [Fact]
    public async Task Health_AllChecksPass_IsHealthy()
    {
        using var client = server.NewClient();
        Assert.Equal("live", (await client.GetAsync("/api/admin/live")).GetProperty("status").GetString());
        Assert.Equal("ready", (await client.GetAsync("/api/admin/ready")).GetProperty("status").GetString());
        var health = await client.GetAsync("/api/admin/health");
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        foreach (var check in new[] { "storage", "cluster" })
            Assert.Equal("healthy", health.GetProperty("checks").GetProperty(check).GetProperty("status").GetString());
        Assert.Equal(0, health.GetProperty("queues").GetProperty("ai-response").GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task OpenApi_Document_MatchesTheWireFormat()
    {
        using var client = server.NewClient();
        var document = await client.GetAsync("/openapi/v1.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/conversations/{id}/messages", out _));
        var conversation = document.GetProperty("components").GetProperty("schemas").GetProperty("Conversation").GetProperty("properties");
        Assert.Contains("string", conversation.GetProperty("title").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("object", conversation.GetProperty("id").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_EachOperation_DescribesTheBodyOfItsSuccess()
    {
        using var client = server.NewClient();
        var document = await client.GetAsync("/openapi/v1.json");
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject(), (path, operation) => (Name: $"{operation.Name} {path.Name}", operation.Value))
            .ToArray();

        var undescribed = operations.Where(operation => !operation.Value.GetProperty("responses").EnumerateObject().Any(IsDescribed));

        Assert.Contains(operations, operation => operation.Name == "put /api/admin/queues/{name}/schedules/{id}");
        Assert.Empty(undescribed.Select(operation => operation.Name));
    }

    [Fact]
    public async Task Page_MatchingETag_IsNotModified()
    {
        using var client = server.NewClient();
        using var first = await client.RawAsync(HttpMethod.Get, "/");
        Assert.Equal("text/html", first.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'self'", Assert.Single(first.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(first.Headers.GetValues("X-Content-Type-Options")));
        using var again = await client.RawAsync(HttpMethod.Get, "/", null, ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    /// <summary>A success has the schema of its body, unless it has no body or is a stream.</summary>
    private static bool IsDescribed(JsonProperty response) => response.Name == "204"
        || (response.Name is "200" or "201" or "202"
            && response.Value.TryGetProperty("content", out var content)
            && content.EnumerateObject().Any(body => body.Name == "text/event-stream" || body.Value.TryGetProperty("schema", out _)));
}
