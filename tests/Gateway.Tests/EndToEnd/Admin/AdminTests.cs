using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.EndToEnd.Servers;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Admin;

public sealed class AdminTests(StandaloneServer server) : IClassFixture<StandaloneServer>
{
    [Fact]
    public async Task ListQueues_ByCallerWithoutAdminRole_IsRejected()
    {
        using var anonymous = server.NewClient();
        await anonymous.GetAsync("/api/admin/queues", HttpStatusCode.Unauthorized);
        using var guest = await server.NewClient().AsGuestAsync();
        await guest.GetAsync("/api/admin/queues", HttpStatusCode.Forbidden);
        using var admin = await AdminAsync();
        var queues = (await admin.GetAsync("/api/admin/queues")).GetProperty("queues").EnumerateArray().ToArray();
        Assert.Equal(["ai-response"], queues.Select(listed => listed.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task UpdateUser_RoleChanged_AppliesToTheNextRequest()
    {
        using var admin = await AdminAsync();
        using var user = server.NewClient();
        var id = (await user.RegisterAsync("promoted@example.org")).GetProperty("id").GetString();
        await user.GetAsync("/api/admin/users", HttpStatusCode.Forbidden);

        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, $"/api/admin/users/{id}", new { role = "admin" });
        await user.GetAsync("/api/admin/users");
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, $"/api/admin/users/{id}", new { role = "user" });
        await user.GetAsync("/api/admin/users", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task UpdateUser_Disabled_EndsTheSessionAndRejectsSignIn()
    {
        using var admin = await AdminAsync();
        using var user = server.NewClient();
        var id = (await user.RegisterAsync("disabled@example.org")).GetProperty("id").GetString();
        await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Patch, $"/api/admin/users/{id}", new { disabled = true });

        await user.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
        var problem = await user.SendAsync(
            HttpStatusCode.Forbidden,
            HttpMethod.Post,
            "/api/auth/login",
            new { email = "disabled@example.org", password = GatewayClient.Password });
        Assert.Equal("account-disabled", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task ListUsers_ByText_ReturnsMatches()
    {
        using var admin = await AdminAsync();
        using var user = server.NewClient();
        await user.RegisterAsync("findme@example.org");

        var found = Assert.Single((await admin.GetAsync("/api/admin/users?q=findme")).GetProperty("users").EnumerateArray());
        Assert.Equal("findme@example.org", found.GetProperty("email").GetString());
    }

    [Fact]
    public async Task PauseQueue_ThenResumed_ReturnsTheNewStates()
    {
        using var admin = await AdminAsync();
        var paused = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/admin/queues/ai-response/pause");
        Assert.True(paused.GetProperty("queue").GetProperty("paused").GetBoolean());
        var resumed = await admin.SendAsync(HttpStatusCode.OK, HttpMethod.Post, "/api/admin/queues/ai-response/resume");
        Assert.False(resumed.GetProperty("queue").GetProperty("paused").GetBoolean());
    }

    [Fact]
    public async Task ListJobs_AfterAReply_ContainsItsJob()
    {
        using var admin = await AdminAsync();
        var id = (await admin.StartConversationAsync("jubilee")).GetProperty("id").GetString()!;
        var reply = (await admin.PostAsync(id, "Hello")).GetProperty("replies")[0].GetProperty("id").GetString()!;
        await admin.ReadReplyStreamAsync(reply);

        var job = (await admin.GetAsync($"/api/admin/queues/ai-response/jobs/{reply}")).GetProperty("job");
        Assert.Equal(reply, job.GetProperty("id").GetString());
        Assert.NotEmpty((await admin.GetAsync("/api/admin/queues/ai-response/jobs")).GetProperty("jobs").EnumerateArray());
        await admin.GetAsync("/api/admin/queues/ai-response/jobs?state=nonsense", HttpStatusCode.BadRequest);
        await admin.GetAsync("/api/admin/queues/ai-response/jobs?state=blocked", HttpStatusCode.OK);
        await admin.GetAsync("/api/admin/queues/ai-response/jobs?order=nonsense", HttpStatusCode.BadRequest);
        Assert.NotEmpty((await admin.GetAsync("/api/admin/queues/ai-response/jobs?order=oldest")).GetProperty("jobs").EnumerateArray());
        await admin.GetAsync("/api/admin/queues/ai-response/jobs/nonsense", HttpStatusCode.NotFound);
        await admin.GetAsync("/api/admin/queues/nonsense", HttpStatusCode.NotFound);
        await admin.GetAsync("/api/admin/queues/nonsense/jobs", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task GetCluster_OneSilo_DescribesIt()
    {
        using var admin = await AdminAsync();
        await admin.ReadReplyStreamAsync(
            (await admin.PostAsync((await admin.StartConversationAsync("jubilee")).GetProperty("id").GetString()!, "Hello"))
            .GetProperty("replies")[0].GetProperty("id").GetString()!);

        // The job ends shortly after its reply, so the count of running jobs is polled.
        JsonElement cluster, silo;
        do
        {
            cluster = await admin.GetAsync("/api/admin/cluster");
            silo = Assert.Single(cluster.GetProperty("silos").EnumerateArray());
        }
        while (silo.GetProperty("running").GetProperty("ai-response").GetInt32() > 0);

        Assert.Equal("active", silo.GetProperty("status").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+[^+]*$", silo.GetProperty("version").GetString());
        Assert.True(silo.GetProperty("activations").GetInt32() > 0, silo.ToString());
        Assert.True(silo.GetProperty("memoryBytes").GetInt64() > 0, silo.ToString());
        Assert.Equal(0, silo.GetProperty("running").GetProperty("ai-response").GetInt32());
        Assert.Equal(10, silo.GetProperty("slots").GetInt32());
        Assert.Contains(
            cluster.GetProperty("activationsByType").EnumerateObject(),
            type => type.Name.Contains("conversation", StringComparison.OrdinalIgnoreCase) && type.Value.GetInt32() > 0);
        using var guest = await server.NewClient().AsGuestAsync();
        await guest.GetAsync("/api/admin/cluster", HttpStatusCode.Forbidden);
    }

    private async Task<GatewayClient> AdminAsync()
    {
        var client = server.NewClient();
        await client.LogInAsync(StandaloneServer.AdminEmail, StandaloneServer.AdminPassword);
        return client;
    }
}
