using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Queues;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Admin;

/// <summary>The audit log of what administrators did.</summary>
public sealed class AuditTests(QueueServer server) : IClassFixture<QueueServer>
{
    [Fact]
    public async Task ListEntries_ActionSucceeded_HasUserTargetDetailsAndStatus()
    {
        using var admin = await server.AdminAsync();
        var me = (await admin.GetAsync("/api/auth/me")).GetProperty("user");
        var job = await server.AddAsync("fail", TimeSpan.FromDays(1));

        await admin.SendAsync(
            HttpStatusCode.OK, HttpMethod.Patch, $"/api/admin/queues/{QueueServer.Queue}/jobs/{job}", new { priority = 3 });

        var entry = (await EntriesAsync(admin, "?act=job-priority&limit=1")).Single();
        Assert.Equal(me.GetProperty("id").GetString(), entry.GetProperty("userId").GetString());
        Assert.Equal(me.GetProperty("displayName").GetString(), entry.GetProperty("userName").GetString());
        Assert.Equal($"queues/{QueueServer.Queue}/jobs/{job}", entry.GetProperty("target").GetString());
        Assert.Equal("""{"priority":3}""", entry.GetProperty("details").GetString());
        Assert.Equal(200, entry.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task ListEntries_ActionRejected_HasTheErrorStatus()
    {
        using var admin = await server.AdminAsync();
        var job = await server.AddAsync("fail", TimeSpan.FromDays(1));

        await admin.SendAsync(HttpStatusCode.Conflict, HttpMethod.Post, $"/api/admin/queues/{QueueServer.Queue}/jobs/{job}/retry");
        await admin.SendAsync(
            HttpStatusCode.OK, HttpMethod.Put, $"/api/admin/queues/{QueueServer.Other}/limits", new { startsPerSecond = 60 });
        await admin.SendAsync(
            HttpStatusCode.BadRequest, HttpMethod.Post, $"/api/admin/queues/{QueueServer.Other}/clean", new { state = "active" });

        Assert.Equal(409, (await EntriesAsync(admin, "?act=job-retry&limit=1")).Single().GetProperty("status").GetInt32());
        Assert.Equal("""{"startsPerSecond":60}""", WithoutNulls((await EntriesAsync(admin, "?act=queue-limits&limit=1")).Single()));
        Assert.Equal(400, (await EntriesAsync(admin, "?act=queue-clean&limit=1")).Single().GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task ListEntries_EndpointWithSeveralResults_HasTheStatusOfTheChosenOne()
    {
        using var admin = await server.AdminAsync();
        await admin.SendAsync(HttpStatusCode.NoContent, HttpMethod.Put, "/api/admin/channels/audited");

        await admin.SendAsync(HttpStatusCode.NoContent, HttpMethod.Delete, "/api/admin/channels/audited");
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Delete, "/api/admin/channels/NoName");

        var statuses = (await EntriesAsync(admin, "?act=channel-remove&limit=2")).Select(entry => entry.GetProperty("status").GetInt32());
        Assert.Equal([404, 204], statuses);
    }

    [Fact]
    public async Task ListEntries_PageByPage_ReturnsEachOnceNewestFirst()
    {
        using var admin = await server.AdminAsync();
        var me = (await admin.GetAsync("/api/auth/me")).GetProperty("user").GetProperty("id").GetString();
        for (var i = 0; i < 3; i++)
            await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"/api/admin/queues/{QueueServer.Other}/resume");

        var ids = new List<string>();
        string? next = null;
        do
        {
            var page = await admin.GetAsync($"/api/admin/audit?user={me}&act=queue-resume&limit=2{(next is null ? "" : $"&after={next}")}");
            ids.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(3, ids.Count);
        Assert.Equal(ids.Distinct().OrderDescending(StringComparer.Ordinal), ids);
        Assert.Empty(await EntriesAsync(admin, "?user=018f0000-0000-7000-8000-000000000001"));
    }

    [Theory]
    [InlineData("?user=nobody", "user")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?after=nonsense", "after")]
    public async Task ListEntries_InvalidQuery_NamesTheField(string query, string field)
    {
        using var admin = await server.AdminAsync();
        var problem = await admin.GetAsync($"/api/admin/audit{query}", HttpStatusCode.BadRequest);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task ListEntries_ByGuest_IsForbidden()
    {
        using var guest = await server.NewClient().AsGuestAsync();
        await guest.GetAsync("/api/admin/audit", HttpStatusCode.Forbidden);
    }

    [Fact]
    public void AdminEndpoints_ThatModifyState_HaveAnAuditAction()
    {
        var changing = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/admin", StringComparison.Ordinal) == true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Any(method => method != "GET") == true)
            .ToArray();

        Assert.Contains(changing, endpoint => endpoint.Metadata.GetMetadata<AuditedAction>()?.Name == "job-retry");
        Assert.Empty(
            changing.Where(endpoint => endpoint.Metadata.GetMetadata<AuditedAction>() is null).Select(endpoint => endpoint.DisplayName));
    }

    private static async Task<JsonElement[]> EntriesAsync(GatewayClient admin, string query) =>
        [.. (await admin.GetAsync($"/api/admin/audit{query}")).GetProperty("entries").EnumerateArray()];

    private static string WithoutNulls(JsonElement entry) =>
        JsonSerializer.Serialize(JsonElement.Parse(entry.GetProperty("details").GetString()!).EnumerateObject()
            .Where(property => property.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(property => property.Name, property => property.Value));
}

/// <summary>An action that cannot be recorded in the audit log is not executed.</summary>
public sealed class AuditOutageTests(AuditOutageServer server) : IClassFixture<AuditOutageServer>
{
    [Fact]
    public async Task PauseQueue_AuditLogUnavailable_IsRejectedAndChangesNothing()
    {
        using var admin = server.NewClient();
        await admin.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);

        await admin.SendAsync(HttpStatusCode.ServiceUnavailable, HttpMethod.Post, $"/api/admin/queues/{QueueNames.AiResponse}/pause");

        Assert.False(
            (await admin.GetAsync($"/api/admin/queues/{QueueNames.AiResponse}")).GetProperty("queue").GetProperty("paused").GetBoolean());
    }
}
