using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Admin;

/// <summary>The actions of administrators on single jobs.</summary>
public sealed class JobAdminTests(QueueServer server) : IClassFixture<QueueServer>
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Post, HttpMethod.Patch, HttpMethod.Delete];

    [Fact]
    public async Task Retry_FailedJob_SucceedsAndARunningOneConflicts()
    {
        using var admin = await server.AdminAsync();
        var failed = await server.AddFailedJobAsync();
        var running = await server.AddRunningJobAsync();

        var job = (await SendActionAsync(admin, failed, "retry")).GetProperty("job");

        Assert.Equal(failed, job.GetProperty("id").GetString());
        await ConflictAsync(admin, HttpMethod.Post, Path(running, "/retry"));
        await SendActionAsync(admin, running, "cancel");
    }

    [Fact]
    public async Task Promote_DelayedJob_MakesItReadyAndAFailedOneConflicts()
    {
        using var admin = await server.AdminAsync();
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1));

        Assert.NotEqual("delayed", State(await SendActionAsync(admin, delayed, "promote")));
        await ConflictAsync(admin, HttpMethod.Post, Path(await server.AddFailedJobAsync(), "/promote"));
    }

    [Fact]
    public async Task Cancel_DelayedJob_IsIdempotentAndAFailedOneConflicts()
    {
        using var admin = await server.AdminAsync();
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1));

        Assert.Equal("cancelled", State(await SendActionAsync(admin, delayed, "cancel")));
        Assert.Equal("cancelled", State(await SendActionAsync(admin, delayed, "cancel")));
        await ConflictAsync(admin, HttpMethod.Post, Path(await server.AddFailedJobAsync(), "/cancel"));
    }

    [Fact]
    public async Task SetPriority_DelayedJob_ChangesItAndAFailedOneConflicts()
    {
        using var admin = await server.AdminAsync();
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1));

        var job = (await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, Path(delayed), new { priority = 2 })).GetProperty("job");

        Assert.Equal(2, job.GetProperty("priority").GetInt32());
        Assert.Equal("delayed", job.GetProperty("state").GetString());
        await ConflictAsync(admin, HttpMethod.Patch, Path(await server.AddFailedJobAsync()), new { priority = 2 });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"priority":0}""")]
    [InlineData("""{"priority":11}""")]
    [InlineData("""{"priority":"first"}""")]
    public async Task SetPriority_OutOfRange_NamesTheField(string body)
    {
        using var admin = await server.AdminAsync();
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1));

        using var response = await admin.RawAsync(HttpMethod.Patch, Path(delayed), GatewayClient.Json(body));
        var problem = await GatewayClient.ReadAsync(response, HttpStatusCode.BadRequest);

        Assert.True(problem.GetProperty("errors").TryGetProperty("priority", out _), problem.ToString());
    }

    [Fact]
    public async Task Remove_EndedOrDelayedJob_DeletesItAndARunningOneConflicts()
    {
        using var admin = await server.AdminAsync();
        var failed = await server.AddFailedJobAsync();
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1));
        var running = await server.AddRunningJobAsync();

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Delete, Path(failed));
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Delete, Path(delayed));

        await admin.GetAsync(Path(failed), HttpStatusCode.NotFound);
        await admin.GetAsync(Path(delayed), HttpStatusCode.NotFound);
        await ConflictAsync(admin, HttpMethod.Delete, Path(running));
        await SendActionAsync(admin, running, "cancel");
    }

    [Fact]
    public async Task Actions_UnknownQueueOrJob_AreNotFound()
    {
        using var admin = await server.AdminAsync();
        foreach (var (method, action) in Methods.Zip(["/retry", "", ""])
            .Concat([(HttpMethod.Post, "/promote"), (HttpMethod.Post, "/cancel")]))
        {
            await admin.SendAsync(HttpStatusCode.NotFound, method, $"/api/admin/queues/nonsense/jobs/a{action}", new { priority = 1 });
            await admin.SendAsync(HttpStatusCode.NotFound, method, Path("none", action), new { priority = 1 });
            await admin.SendAsync(HttpStatusCode.NotFound, method, Path(new string('x', 101), action), new { priority = 1 });
        }
    }

    private static string Path(string id, string action = "") => $"/api/admin/queues/{QueueServer.Queue}/jobs/{id}{action}";

    private static string? State(JsonElement response) => response.GetProperty("job").GetProperty("state").GetString();

    private static Task<JsonElement> SendActionAsync(GatewayClient admin, string id, string action) =>
        admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, Path(id, $"/{action}"));

    private static async Task ConflictAsync(GatewayClient admin, HttpMethod method, string path, object? body = null) =>
        Assert.Equal(
            "job-state-conflict", (await admin.SendAsync(HttpStatusCode.Conflict, method, path, body)).GetProperty("code").GetString());
}
