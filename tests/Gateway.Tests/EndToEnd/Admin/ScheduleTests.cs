using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Admin;

public sealed class ScheduleTests(QueueServer server) : IClassFixture<QueueServer>
{
    private const string Path = $"/api/admin/queues/{QueueServer.Other}/schedules";

    [Fact]
    public async Task Schedules_PutListedAndDeleted_ByAdminsOnly()
    {
        using var guest = await server.NewClient().AsGuestAsync();
        await guest.GetAsync(Path, HttpStatusCode.Forbidden);
        using var admin = await server.AdminAsync();
        var wanted =
            new { cron = "0 7 * * 1", timeZone = "Europe/Berlin", job = new { name = "digest", payload = "{}", timeoutSeconds = 60 } };

        var put = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Put, $"{Path}/digest", wanted);
        var again = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Put, $"{Path}/digest", wanted);

        var schedule = put.GetProperty("schedule");
        Assert.Equal(put.ToString(), again.ToString());
        Assert.Equal(60, schedule.GetProperty("job").GetProperty("timeoutSeconds").GetInt32());
        Assert.StartsWith("digest:", schedule.GetProperty("nextJob").GetString(), StringComparison.Ordinal);
        Assert.Equal(schedule.ToString(), (await admin.GetAsync($"{Path}/digest")).GetProperty("schedule").ToString());
        Assert.Equal(schedule.ToString(), Assert.Single((await admin.GetAsync(Path)).GetProperty("schedules").EnumerateArray()).ToString());
        var nextJob = schedule.GetProperty("nextJob").GetString();
        var job = (await admin.GetAsync($"/api/admin/queues/{QueueServer.Other}/jobs/{nextJob}")).GetProperty("job");
        Assert.Equal("delayed", job.GetProperty("state").GetString());
        await admin.SendAsync(HttpStatusCode.NoContent, HttpMethod.Delete, $"{Path}/digest");
        await admin.SendAsync(HttpStatusCode.NotFound, HttpMethod.Delete, $"{Path}/digest");
        await admin.GetAsync($"{Path}/digest", HttpStatusCode.NotFound);
        await admin.GetAsync("/api/admin/queues/nonsense/schedules", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Put_Succeeded_IsAuditedWithItsBody()
    {
        using var admin = await server.AdminAsync();
        await admin.SendAsync(
            HttpStatusCode.OK,
            HttpMethod.Put,
            $"{Path}/audited",
            new { everySeconds = 86_400, job = new { name = "nightly", priority = 3 } });
        await admin.SendAsync(HttpStatusCode.NoContent, HttpMethod.Delete, $"{Path}/audited");

        var entry = (await admin.GetAsync("/api/admin/audit?act=schedule-put&limit=1")).GetProperty("entries")[0];
        var body = JsonElement.Parse(entry.GetProperty("details").GetString()!);

        Assert.Equal($"queues/{QueueServer.Other}/schedules/audited", entry.GetProperty("target").GetString());
        Assert.Equal(86_400, body.GetProperty("everySeconds").GetInt32());
        Assert.Equal(
            ("nightly", 3),
            (body.GetProperty("job").GetProperty("name").GetString(), body.GetProperty("job").GetProperty("priority").GetInt32()));
    }

    [Fact]
    public async Task Put_InvalidFields_NamesThem()
    {
        using var admin = await server.AdminAsync();

        var tooFrequent = await admin.SendAsync(HttpStatusCode.BadRequest, HttpMethod.Put, $"{Path}/wrong", new { everySeconds = 0.5 });
        var badCron = await admin.SendAsync(
            HttpStatusCode.BadRequest, HttpMethod.Put, $"{Path}/wrong", new { cron = "nonsense", job = new { name = "wrong" } });

        var unnamed = await admin.SendAsync(
            HttpStatusCode.BadRequest,
            HttpMethod.Put,
            $"{Path}/wrong",
            new { everySeconds = 5, job = new { name = (string?)null, payload = (string?)null } });
        var badUntil = await admin.SendAsync(
            HttpStatusCode.BadRequest,
            HttpMethod.Put,
            $"{Path}/wrong",
            new { everySeconds = 5, until = "tomorrow", job = new { name = "wrong" } });

        Assert.Equal(["job.name"], unnamed.GetProperty("errors").EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            "Must be a date and time such as 2026-11-28T12:00:00Z.", badUntil.GetProperty("errors").GetProperty("until")[0].GetString());
        Assert.Equal(["everySeconds", "job"], tooFrequent.GetProperty("errors").EnumerateObject().Select(field => field.Name));
        Assert.Equal(["cron"], badCron.GetProperty("errors").EnumerateObject().Select(field => field.Name));
    }
}
