using System.Net;
using System.Text.Json;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>What operators do to single jobs.</summary>
public sealed class JobAdminTests(QueueServer server) : IClassFixture<QueueServer>
{
    private static readonly HttpMethod[] Acts = [HttpMethod.Post, HttpMethod.Patch, HttpMethod.Delete];

    [Fact]
    public async Task Retry_FailedJob_IsTriedAgain_AndARunningOneIsNot()
    {
        using var admin = await server.AdminAsync();
        var failed = await server.FailAsync();
        var running = await server.RunAsync();

        var job = (await ActAsync(admin, failed, "retry")).GetProperty("job");

        Assert.Equal(failed, job.GetProperty("id").GetString());
        await ConflictAsync(admin, HttpMethod.Post, Path(running, "/retry"));
        await ActAsync(admin, running, "cancel");
    }

    [Fact]
    public async Task Promote_DelayedJob_IsReady_AndAFailedOneIsNot()
    {
        using var admin = await server.AdminAsync();
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1));

        Assert.NotEqual("delayed", State(await ActAsync(admin, delayed, "promote")));
        await ConflictAsync(admin, HttpMethod.Post, Path(await server.FailAsync(), "/promote"));
    }

    [Fact]
    public async Task Cancel_DelayedJob_IsCancelledForGood_AndAFailedOneIsNot()
    {
        using var admin = await server.AdminAsync();
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1));

        Assert.Equal("cancelled", State(await ActAsync(admin, delayed, "cancel")));
        Assert.Equal("cancelled", State(await ActAsync(admin, delayed, "cancel")));
        await ConflictAsync(admin, HttpMethod.Post, Path(await server.FailAsync(), "/cancel"));
    }

    [Fact]
    public async Task Priority_DelayedJob_IsChanged_AndOfAFailedOneIsNot()
    {
        using var admin = await server.AdminAsync();
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1));

        var job = (await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, Path(delayed), new { priority = 2 })).GetProperty("job");

        Assert.Equal(2, job.GetProperty("priority").GetInt32());
        Assert.Equal("delayed", job.GetProperty("state").GetString());
        await ConflictAsync(admin, HttpMethod.Patch, Path(await server.FailAsync()), new { priority = 2 });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"priority":0}""")]
    [InlineData("""{"priority":11}""")]
    [InlineData("""{"priority":"first"}""")]
    public async Task Priority_OutsideTheRange_IsRefusedByField(string body)
    {
        using var admin = await server.AdminAsync();
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1));

        using var response = await admin.RawAsync(HttpMethod.Patch, Path(delayed), GatewayClient.Json(body));
        var problem = await GatewayClient.ReadAsync(response, HttpStatusCode.BadRequest);

        Assert.True(problem.GetProperty("errors").TryGetProperty("priority", out _), problem.ToString());
    }

    [Fact]
    public async Task Remove_EndedJob_IsGone_AndARunningOneIsNot()
    {
        using var admin = await server.AdminAsync();
        var failed = await server.FailAsync();
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1));
        var running = await server.RunAsync();

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Delete, Path(failed));
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Delete, Path(delayed));

        await admin.GetAsync(Path(failed), HttpStatusCode.NotFound);
        await admin.GetAsync(Path(delayed), HttpStatusCode.NotFound);
        await ConflictAsync(admin, HttpMethod.Delete, Path(running));
        await ActAsync(admin, running, "cancel");
    }

    [Fact]
    public async Task Acts_OnWhatIsNotThere_AreNotFound()
    {
        using var admin = await server.AdminAsync();
        foreach (var (method, act) in Acts.Zip(["/retry", "", ""]).Concat([(HttpMethod.Post, "/promote"), (HttpMethod.Post, "/cancel")]))
        {
            await admin.SendAsync(HttpStatusCode.NotFound, method, $"/api/admin/queues/nonsense/jobs/a{act}", new { priority = 1 });
            await admin.SendAsync(HttpStatusCode.NotFound, method, Path("none", act), new { priority = 1 });
            await admin.SendAsync(HttpStatusCode.NotFound, method, Path(new string('x', 101), act), new { priority = 1 });
        }
    }

    private static string Path(string id, string act = "") => $"/api/admin/queues/{QueueServer.Queue}/jobs/{id}{act}";

    private static string? State(JsonElement answer) => answer.GetProperty("job").GetProperty("state").GetString();

    private static Task<JsonElement> ActAsync(GatewayClient admin, string id, string act) =>
        admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, Path(id, $"/{act}"));

    private static async Task ConflictAsync(GatewayClient admin, HttpMethod method, string path, object? body = null) =>
        Assert.Equal("job-state-conflict", (await admin.SendAsync(HttpStatusCode.Conflict, method, path, body)).GetProperty("code").GetString());
}
