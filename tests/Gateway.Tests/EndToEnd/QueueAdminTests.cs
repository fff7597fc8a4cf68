using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Queues;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>What operators do to whole queues.</summary>
public sealed class QueueAdminTests(QueueServer server) : IClassFixture<QueueServer>
{
    private const string Path = $"/api/admin/queues/{QueueServer.Other}";

    [Fact]
    public async Task Limits_WhatIsLeftOut_StaysAsItIs()
    {
        using var admin = await server.AdminAsync();

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Put, $"{Path}/limits", new { concurrencyPerSilo = 7 });
        var limits = (await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Put, $"{Path}/limits", new { startsPerSecond = 40 }))
            .GetProperty("queue").GetProperty("limits");

        Assert.Equal((7, 40), (limits.GetProperty("concurrencyPerSilo").GetInt32(), limits.GetProperty("startsPerSecond").GetInt32()));
    }

    [Fact]
    public async Task Limits_Null_GivesThemBack()
    {
        using var admin = await server.AdminAsync();
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Put, $"{Path}/limits", new { concurrencyPerSilo = 7, startsPerSecond = 41, concurrency = 9 });

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
    public void Limits_Concurrency_IsKeptTakenAwayOrSet(string body, bool changes, int? expected)
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
    public async Task Limits_ThatAreNone_AreRefusedByField(string field, string value) =>
        await RefusedAsync(HttpMethod.Put, "limits", field, $$"""{"{{field}}":{{value}}}""");

    [Theory]
    [InlineData("state", "{}")]
    [InlineData("state", """{"state":"waiting"}""")]
    [InlineData("state", """{"state":"nonsense"}""")]
    [InlineData("limit", """{"state":"failed","limit":0}""")]
    [InlineData("limit", """{"state":"failed","limit":1001}""")]
    [InlineData("graceSeconds", """{"state":"failed","graceSeconds":-1}""")]
    public async Task Clean_WhatCannotBe_IsRefusedByField(string field, string body) => await RefusedAsync(HttpMethod.Post, "clean", field, body);

    [Fact]
    public async Task Drain_And_Obliterate_WithBadBodies_AreRefusedByField()
    {
        await RefusedAsync(HttpMethod.Post, "drain", "delayed", """{"delayed":"yes"}""");
        await RefusedAsync(HttpMethod.Post, "obliterate", "force", """{"force":1}""");
    }

    [Fact]
    public async Task Acts_OnAQueueThatIsNotThere_AreNotFound()
    {
        using var admin = await server.AdminAsync();
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Put, "/api/admin/queues/nonsense/limits", new { startsPerSecond = 1 });
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, "/api/admin/queues/nonsense/clean", new { state = "failed" });
        foreach (var act in new[] { "pause", "resume", "drain", "obliterate" })
            await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Post, $"/api/admin/queues/nonsense/{act}");
    }

    [Fact]
    public async Task Clean_FailedJobs_AnswersWithTheirIds()
    {
        using var admin = await server.AdminAsync();
        var failed = await server.FailAsync();
        string[] ids = [];
        while (ids.Length == 0)
        {
            // The end is told a moment after it is stored, and stays till then.
            var cleaned = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"/api/admin/queues/{QueueServer.Queue}/clean", new { state = "failed" });
            ids = [.. cleaned.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!)];
        }

        Assert.Equal([failed], ids);
        await admin.GetAsync($"/api/admin/queues/{QueueServer.Queue}/jobs/{failed}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Obliterate_WithARunningJob_IsRefusedUnlessForced()
    {
        using var admin = await server.AdminAsync();
        var running = await server.RunAsync(QueueServer.Other);
        var delayed = await server.AddAsync("fail", TimeSpan.FromDays(1), QueueServer.Other);

        var problem = await admin.SendAsync(HttpStatusCode.Conflict, HttpMethod.Post, $"{Path}/obliterate");
        Assert.Equal("job-state-conflict", problem.GetProperty("code").GetString());
        await admin.GetAsync($"{Path}/jobs/{delayed}");
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, $"{Path}/obliterate", new { force = true });
        await admin.GetAsync($"{Path}/jobs/{delayed}", HttpStatusCode.NotFound);

        await server.Grains.GetGrain<IQueueIntake>(QueueServer.Other).WaitAsync(new JobId(running), TestContext.Current.CancellationToken);
        while ((await admin.GetAsync($"{Path}/jobs")).GetProperty("jobs").GetArrayLength() > 0)
            await Task.Yield();
        Assert.Equal(0, (await admin.GetAsync(Path)).GetProperty("queue").GetProperty("cancelled").GetInt32());
    }

    private async Task RefusedAsync(HttpMethod method, string act, string field, string body)
    {
        using var admin = await server.AdminAsync();
        using var response = await admin.RawAsync(method, $"{Path}/{act}", GatewayClient.Json(body));
        var problem = await GatewayClient.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }
}
