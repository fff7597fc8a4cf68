using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Queues.Requests;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Admin;

/// <summary>The actions of administrators on whole queues.</summary>
public sealed class QueueAdminTests(QueueServer server) : IClassFixture<QueueServer>
{
    private const string Path = $"/api/admin/queues/{QueueServer.Other}";

    [Fact]
    public async Task SetLimits_FieldOmitted_KeepsItsValue()
    {
        using var admin = await server.AdminAsync();

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Put, $"{Path}/limits", new { concurrencyPerSilo = 7 });
        var limits = (await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Put, $"{Path}/limits", new { startsPerSecond = 40 }))
            .GetProperty("queue").GetProperty("limits");

        Assert.Equal((7, 40), (limits.GetProperty("concurrencyPerSilo").GetInt32(), limits.GetProperty("startsPerSecond").GetInt32()));
    }

    [Fact]
    public async Task SetLimits_FieldNull_RestoresTheDefault()
    {
        using var admin = await server.AdminAsync();
        await admin.SendAsync(
            HttpStatusCode.OK, HttpMethod.Put, $"{Path}/limits", new { concurrencyPerSilo = 7, startsPerSecond = 41, concurrency = 9 });

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Put, $"{Path}/limits", new { concurrency = (int?)null });
        var limits = (await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Put, $"{Path}/limits", new { concurrencyPerSilo = (int?)null }))
            .GetProperty("queue").GetProperty("limits");

        Assert.Equal((10, 41), (limits.GetProperty("concurrencyPerSilo").GetInt32(), limits.GetProperty("startsPerSecond").GetInt32()));
        Assert.False(limits.TryGetProperty("concurrency", out var bound) && bound.ValueKind != JsonValueKind.Null);
    }

    [Theory]
    [InlineData("{}", false, null)]
    [InlineData("""{"concurrency":null}""", true, null)]
    [InlineData("""{"concurrency":9}""", true, 9)]
    public void ToChange_ConcurrencyOmittedNullOrSet_KeepsRemovesOrSetsIt(string body, bool changes, int? expected)
    {
        var change = JsonSerializer.Deserialize<LimitsRequest>(body, JsonSerializerOptions.Web)!.ToChange();

        Assert.Equal(changes ? new NewLimit(expected) : null, change.Concurrency);
        Assert.Null(change.ConcurrencyPerSilo);
        Assert.Null(change.StartsPerSecond);
    }

    [Theory]
    [InlineData("concurrencyPerSilo", "0")]
    [InlineData("concurrencyPerSilo", "-1")]
    [InlineData("concurrencyPerSilo", "\"many\"")]
    [InlineData("startsPerSecond", "0")]
    [InlineData("startsPerSecond", "1.5")]
    [InlineData("concurrency", "0")]
    [InlineData("concurrency", "\"2\"")]
    [InlineData("concurrency", "1e12")]
    public async Task SetLimits_InvalidValue_NamesTheField(string field, string value) =>
        await ExpectFieldErrorAsync(HttpMethod.Put, "limits", field, $$"""{"{{field}}":{{value}}}""");

    [Theory]
    [InlineData("state", "{}")]
    [InlineData("state", """{"state":"waiting"}""")]
    [InlineData("state", """{"state":"nonsense"}""")]
    [InlineData("limit", """{"state":"failed","limit":0}""")]
    [InlineData("limit", """{"state":"failed","limit":1001}""")]
    [InlineData("graceSeconds", """{"state":"failed","graceSeconds":-1}""")]
    public async Task Clean_InvalidBody_NamesTheField(string field, string body) =>
        await ExpectFieldErrorAsync(HttpMethod.Post, "clean", field, body);

    [Fact]
    public async Task DrainAndObliterate_InvalidBody_NameTheField()
    {
        await ExpectFieldErrorAsync(HttpMethod.Post, "drain", "delayed", """{"delayed":"yes"}""");
        await ExpectFieldErrorAsync(HttpMethod.Post, "obliterate", "force", """{"force":1}""");
    }

    [Fact]
    public async Task Actions_UnknownQueue_AreNotFound()
    {
        using var admin = await server.AdminAsync();
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Put, "/api/admin/queues/nonsense/limits", new { startsPerSecond = 1 });
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, "/api/admin/queues/nonsense/clean", new { state = "failed" });
        foreach (var action in new[] { "pause", "resume", "drain", "obliterate" })
            await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, $"/api/admin/queues/nonsense/{action}");
    }

    [Fact]
    public async Task Clean_FailedJobs_ReturnsTheirIds()
    {
        using var admin = await server.AdminAsync();
        var failed = await server.AddFailedJobAsync();
        string[] ids = [];
        while (ids.Length == 0)
        {
            // A job's end is acknowledged shortly after it is stored, and the job cannot be cleaned before that.
            var cleaned = await admin.SendAsync(
                HttpStatusCode.OK, HttpMethod.Post, $"/api/admin/queues/{QueueServer.Queue}/clean", new { state = "failed" });
            ids = [.. cleaned.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!)];
        }

        Assert.Equal([failed], ids);
        await admin.GetAsync($"/api/admin/queues/{QueueServer.Queue}/jobs/{failed}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Drain_WaitingAndDelayedJobs_RemovesDelayedJobsOnlyOnRequest()
    {
        using var admin = await server.AdminAsync();
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"{Path}/pause");
        var waiting = await server.AddAsync("fail", queue: QueueServer.Other);
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1), QueueServer.Other);

        var first = (await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"{Path}/drain")).GetProperty("queue");
        await admin.GetAsync($"{Path}/jobs/{waiting}", HttpStatusCode.NotFound);
        await admin.GetAsync($"{Path}/jobs/{delayed}");
        var second = (await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"{Path}/drain", new { delayed = true }))
            .GetProperty("queue");
        await admin.GetAsync($"{Path}/jobs/{delayed}", HttpStatusCode.NotFound);
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"{Path}/resume");

        Assert.Equal((0, 1), (first.GetProperty("waiting").GetInt32(), first.GetProperty("delayed").GetInt32()));
        Assert.Equal(0, second.GetProperty("delayed").GetInt32());
    }

    [Fact]
    public async Task Get_QueueWithJobs_HasAllFields()
    {
        using var admin = await server.AdminAsync();
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"{Path}/pause");
        var ada = await server.AddAsync("fail", queue: QueueServer.Other, user: "ada");
        var ben = await server.AddAsync("fail", queue: QueueServer.Other, user: "ben");
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, $"{Path}/jobs/{ben}", new { priority = 2 });

        var queue = (await admin.GetAsync(Path)).GetProperty("queue");
        var ofAda = (await admin.GetAsync($"{Path}/jobs?user=ada")).GetProperty("jobs");
        var last = (await admin.GetAsync($"{Path}/jobs/{ada}")).GetProperty("job");
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"{Path}/drain");
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"{Path}/resume");

        Assert.Equal(
            [
                "active", "blocked", "cancelled", "completed", "delayed", "failed", "limits", "name", "oldestWaitingSeconds", "paused",
                "startedPerSecond",
                "waiting", "waitingByPriority",
            ],
            queue.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            (QueueServer.Other, true, 2),
            (queue.GetProperty("name").GetString(), queue.GetProperty("paused").GetBoolean(), queue.GetProperty("waiting").GetInt32()));
        Assert.Equal(
            """{"2":1,"5":1}""",
            JsonSerializer.Serialize(
                new SortedDictionary<string, int>(queue.GetProperty("waitingByPriority").Deserialize<Dictionary<string, int>>()!)));
        Assert.InRange(queue.GetProperty("oldestWaitingSeconds").GetDouble(), 0, 600);
        Assert.InRange(queue.GetProperty("startedPerSecond").GetDouble(), 0, 1_000);
        Assert.Equal(
            ["concurrency", "concurrencyPerSilo", "startsPerSecond"],
            queue.GetProperty("limits").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal(ada, Assert.Single(ofAda.EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal((2, "exponential", 1, 1), (
            last.GetProperty("position").GetInt32(),
            last.GetProperty("backoff").GetString(),
            last.GetProperty("cost").GetInt32(),
            last.GetProperty("weight").GetInt32()));
    }

    [Theory]
    [InlineData("user=%00", "user")]
    [InlineData("user=a%00b", "user")]
    [InlineData("after=MTd8YQBi", "after")]
    public async Task ListJobs_InvalidQuery_NamesTheField(string query, string field)
    {
        using var admin = await server.AdminAsync();

        var problem = await admin.GetAsync($"{Path}/jobs?{query}", HttpStatusCode.BadRequest);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task Obliterate_RunningJob_IsRejectedUnlessForced()
    {
        using var admin = await server.AdminAsync();
        var running = await server.AddRunningJobAsync(QueueServer.Other);
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1), QueueServer.Other);

        var problem = await admin.SendAsync(HttpStatusCode.Conflict, HttpMethod.Post, $"{Path}/obliterate");
        Assert.Equal("job-state-conflict", problem.GetProperty("code").GetString());
        await admin.GetAsync($"{Path}/jobs/{delayed}");
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"{Path}/obliterate", new { force = true });
        await admin.GetAsync($"{Path}/jobs/{delayed}", HttpStatusCode.NotFound);

        await server.Grains.GetGrain<IQueueIntakeGrain>(QueueServer.Other)
            .WaitAsync(new JobId(running), TestContext.Current.CancellationToken);
        while ((await admin.GetAsync($"{Path}/jobs")).GetProperty("jobs").GetArrayLength() > 0)
            await Task.Yield();
        Assert.Equal(0, (await admin.GetAsync(Path)).GetProperty("queue").GetProperty("cancelled").GetInt32());
    }

    private async Task ExpectFieldErrorAsync(HttpMethod method, string action, string field, string body)
    {
        using var admin = await server.AdminAsync();
        using var response = await admin.RawAsync(method, $"{Path}/{action}", GatewayClient.Json(body));
        var problem = await GatewayClient.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }
}
